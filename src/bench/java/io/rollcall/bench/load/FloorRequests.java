package io.rollcall.bench.load;

import java.util.List;

/** Requests to the bare container: an empty resource, an echo, or a broadcast to all who are connected. */
final class FloorRequests implements Requests {
    private final byte[] headers;
    private final boolean broadcast;

    FloorRequests(Target target, boolean broadcast) {
        this.headers = Scan.bytes(" HTTP/1.1\r\n" + target.headers() + "\r\n");
        this.broadcast = broadcast;
    }

    @Override
    public void http(Text out, Presentity to) {
        out.clear();
        if (broadcast) {
            out.put(Scan.bytes("GET /floor/broadcast?account=")).put(to.index);
        } else {
            out.put(Scan.bytes("GET /floor/api/empty"));
        }
        out.put(headers);
    }

    @Override
    public void socket(Text out, Presentity to) {
        out.clear().put(Scan.bytes("{\"ref\":\"")).put(to.index).put(Scan.bytes("\",\"status\":200}"));
    }

    @Override
    public String socketPath() {
        return "/floor/socket";
    }

    @Override
    public String eventsPath(List<String> accounts) {
        return "/floor/events";
    }

    @Override
    public void subscribe(Text out, List<String> accounts) {
        out.clear();
    }
}
