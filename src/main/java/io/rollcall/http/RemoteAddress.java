package io.rollcall.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where requests come from: the other end of the connection, or what proxies of ours, {@code rollcall.proxies}, say of it
 * in {@code X-Forwarded-For}. Of that header everything before what the first such proxy added is what a client claims.
 */
@ApplicationScoped
public class RemoteAddress {
    /** So that nothing is ever looked up: names are no addresses. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Network> proxies;

    /** For CDI's proxy. */
    protected RemoteAddress() {
        proxies = List.of();
    }

    /** @throws IllegalArgumentException naming what is no address and no network, such as {@code 10.0.0.0/8} */
    @Inject
    public RemoteAddress(@ConfigProperty(name = "rollcall.proxies") Optional<List<String>> proxies) {
        this.proxies = proxies.orElse(List.of()).stream().map(Network::of).toList();
    }

    public String of(HttpServletRequest request) {
        String nearest = request.getRemoteAddr();
        return proxies.isEmpty()
                ? nearest
                : of(nearest, Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    /** @param forwarded the header as it came, each time with the farthest first */
    String of(String nearest, List<String> forwarded) {
        String[] hops = String.join(",", forwarded).split(",");
        String remote = nearest;
        for (int i = hops.length - 1; i >= 0 && isProxy(remote); i--) {
            String hop = hops[i].strip();
            if (!ADDRESS.matcher(hop).matches()) {
                return remote;
            }
            remote = hop;
        }
        return remote;
    }

    private boolean isProxy(String address) {
        return proxies.stream().anyMatch(network -> network.includes(address));
    }

    /** @param bits how many of the address' first bits count */
    private record Network(byte[] address, int bits) {
        static Network of(String text) {
            String[] parts = text.strip().split("/", 2);
            byte[] address = bytes(parts[0]);
            int bits = parts.length == 1 ? address.length * 8 : number(parts[1]);
            if (address.length == 0 || bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException(
                        "rollcall.proxies: '" + text + "' is no address and no network like 10.0.0.0/8");
            }
            return new Network(address, bits);
        }

        boolean includes(String text) {
            byte[] other = bytes(text);
            boolean same = other.length == address.length;
            for (int bit = 0; same && bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                same = (address[bit / 8] & mask) == (other[bit / 8] & mask);
            }
            return same;
        }

        private static int number(String text) {
            return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        }

        /** Empty if it is no address. */
        private static byte[] bytes(String text) {
            try {
                return ADDRESS.matcher(text).matches() ? InetAddress.getByName(text).getAddress() : new byte[0];
            } catch (UnknownHostException malformed) {
                return new byte[0];
            }
        }
    }
}
