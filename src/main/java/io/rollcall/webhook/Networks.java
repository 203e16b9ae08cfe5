package io.rollcall.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public Internet, by the special-purpose registries (RFC 6890): what is not reachable from
 * everywhere is somebody's inside, perhaps this machine's own.
 */
final class Networks {
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(Network::of)
            .toList();

    /** Of IPv6 only what is assigned to be global counts, without what documents, tunnels and tests use. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final List<Network> NOT_GLOBAL =
            Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20").map(Network::of).toList();

    private static final List<Network> HOLDING_IPV4 =
            Stream.of("::/96", "64:ff9b::/96").map(Network::of).toList();

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private Networks() {}

    /** Whether an address is one of the public Internet; an IPv6 address that stands for one of IPv4 is as that one. */
    static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    static boolean isPublic(byte[] address) {
        if (address.length == 4) {
            return NOT_PUBLIC.stream().noneMatch(network -> network.includes(address));
        }
        byte[] last = Arrays.copyOfRange(address, 12, 16);
        if (Arrays.equals(MAPPED_PREFIX, 0, 12, address, 0, 12)
                || HOLDING_IPV4.stream().anyMatch(network -> network.includes(address))) {
            return isPublic(last);
        }
        return GLOBAL_UNICAST.includes(address) && NOT_GLOBAL.stream().noneMatch(network -> network.includes(address));
    }

    /** The addresses that begin with the same bits. */
    private record Network(byte[] address, int bits) {
        static Network of(String text) {
            String[] parts = text.split("/");
            try {
                return new Network(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException impossible) {
                throw new IllegalArgumentException(text, impossible);
            }
        }

        boolean includes(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
