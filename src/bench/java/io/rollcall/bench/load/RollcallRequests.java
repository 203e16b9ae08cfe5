package io.rollcall.bench.load;

import java.util.List;

/** Logins and changes of state, turn by turn {@code busy} and {@code online}. */
final class RollcallRequests implements Requests {
    private static final byte[][] STATES = {
        Scan.bytes("\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Until 3\",\"device\":\"laptop\"}"),
        Scan.bytes("\"state\":\"online\",\"activities\":[],\"note\":\"At my desk\",\"device\":\"laptop\"}")
    };
    private static final byte[] POST = Scan.bytes("POST /api/accounts/");
    private static final byte[] PUT = Scan.bytes("PUT /api/accounts/");
    private static final byte[] PRESENTITIES = Scan.bytes("/presentities");
    private static final byte[] HTTP = Scan.bytes(" HTTP/1.1\r\n");
    private static final byte[] IF_ANY = Scan.bytes("If-Match: *\r\n");
    private static final byte[] IF_MATCH = Scan.bytes("If-Match: \"");
    private static final byte[] QUOTE_END = Scan.bytes("\"\r\n");
    private static final byte[] END = Scan.bytes("\r\n\r\n");

    private static final byte[] LOGIN = Scan.bytes("{\"type\":\"login\",\"ref\":\"");
    private static final byte[] MODIFY = Scan.bytes("{\"type\":\"modify\",\"ref\":\"");
    private static final byte[] ACCOUNT = Scan.bytes("\",\"account\":\"");
    private static final byte[] TUPLE = Scan.bytes("\",\"tuple\":\"");
    private static final byte[] TAG = Scan.bytes("\",\"etag\":\"");
    private static final byte[] NEXT = Scan.bytes("\",");

    private final byte[] headers;

    RollcallRequests(Target target) {
        headers = Scan.bytes(target.headers() + "Content-Type: application/json\r\nContent-Length: ");
    }

    @Override
    public void http(Text out, Presentity to) {
        boolean login = to.tuple == null;
        out.clear().put(login ? POST : PUT).put(to.account).put(PRESENTITIES);
        if (!login) {
            out.put((byte) '/').put(to.tuple);
        }
        out.put(HTTP);
        if (!login && to.anyTag()) {
            out.put(IF_ANY);
        } else if (!login) {
            out.put(IF_MATCH).put(to.tag, 0, to.tagLength).put(QUOTE_END);
        }
        byte[] state = state(to);
        out.put(headers).put(state.length + 1).put(END).put((byte) '{').put(state);
    }

    @Override
    public void socket(Text out, Presentity to) {
        boolean login = to.tuple == null;
        out.clear().put(login ? LOGIN : MODIFY).put(to.index).put(ACCOUNT).put(to.account);
        if (!login) {
            out.put(TUPLE).put(to.tuple).put(TAG).put(to.tag, 0, to.tagLength);
        }
        out.put(NEXT).put(state(to));
    }

    private static byte[] state(Presentity of) {
        return STATES[(int) (of.count & 1)];
    }

    @Override
    public String socketPath() {
        return "/api/socket";
    }

    @Override
    public String eventsPath(List<String> accounts) {
        return "/api/events?account=" + String.join("&account=", accounts);
    }

    @Override
    public void subscribe(Text out, List<String> accounts) {
        out.clear().put(Scan.bytes(
                "{\"type\":\"subscribe\",\"accounts\":[\"" + String.join("\",\"", accounts) + "\"]}"));
    }
}
