package io.rollcall.webhook;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where webhooks may be: at the hosts that the operator names, and there only at public addresses unless it says
 * otherwise. Without a word from the operator, nowhere.
 */
@ApplicationScoped
public class Targets {
    private static final Pattern ENTRY =
            Pattern.compile("(?:(https?)://)?(\\*|(?:\\*\\.)?[a-z0-9_.-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}|\\*))?");
    private static final int MOST = 2_000;

    private final List<Allowed> allowed;
    private final boolean inside;

    /** For CDI's proxy. */
    protected Targets() {
        allowed = List.of();
        inside = false;
    }

    @Inject
    public Targets(
            @ConfigProperty(name = "rollcall.webhooks.allow") Optional<String> allow,
            @ConfigProperty(name = "rollcall.webhooks.private", defaultValue = "false") boolean inside) {
        this.allowed = Stream.of(allow.orElse("").split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(Allowed::of)
                .toList();
        this.inside = inside;
    }

    /**
     * Reads the URL of a webhook.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if it is none, {@link Kind#FORBIDDEN} if it may not be there
     */
    public URI target(String text) {
        URI url = parse(text);
        if (!includes(url)) {
            throw new Problem(
                    Kind.FORBIDDEN,
                    "This server sends nothing to that host; its operator allows hosts by rollcall.webhooks.allow");
        }
        if (isInside(url)) {
            throw new Problem(
                    Kind.FORBIDDEN,
                    "This server sends nothing to private addresses, such as that host has; its operator allows it by"
                            + " rollcall.webhooks.private");
        }
        return url;
    }

    private static URI parse(String text) {
        try {
            URI url = new URI(new URI(text).toASCIIString());
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            boolean plain = url.getUserInfo() == null && url.getFragment() == null;
            boolean port = url.getPort() != 0 && url.getPort() < 65_536;
            if (web && plain && port && url.getHost() != null && text.length() <= MOST) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // answered below
        }
        throw new Problem(
                Kind.INVALID_REQUEST,
                "url is where events are sent, such as https://hooks.example.com/presence: at most " + MOST
                        + " characters, no user, no fragment, no port 0");
    }

    /** Whether the operator allows its host. */
    boolean includes(URI url) {
        return allowed.stream().anyMatch(entry -> entry.includes(url));
    }

    /** Whether its host is known and has no address that may be connected to. What its name stands for may change. */
    private boolean isInside(URI url) {
        return !inside && !lookUp(url.getHost()).isEmpty() && addresses(url).isEmpty();
    }

    /** The addresses that its host has now and that may be connected to; empty if there are none. */
    List<InetAddress> addresses(URI url) {
        return lookUp(url.getHost()).stream()
                .filter(address -> inside || Networks.isPublic(address))
                .toList();
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    /** The port of a URL, that of its scheme if it names none. */
    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
    }

    static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** One entry of the operator's list. */
    private record Allowed(boolean secure, String host, @Nullable Integer port) {
        static Allowed of(String text) {
            Matcher entry = ENTRY.matcher(text.toLowerCase(Locale.ROOT));
            if (!entry.matches()) {
                throw new IllegalArgumentException("rollcall.webhooks.allow holds hosts, such as hooks.example.com,"
                        + " *.example.com:8443 or http://localhost:*, with commas; not " + text);
            }
            boolean secure = !"http".equals(entry.group(1));
            String port = entry.group(3);
            if (port == null) {
                return new Allowed(secure, entry.group(2), secure ? 443 : 80);
            }
            return new Allowed(secure, entry.group(2), port.equals("*") ? null : Integer.valueOf(port));
        }

        boolean includes(URI url) {
            String wanted = url.getHost().toLowerCase(Locale.ROOT);
            boolean sameHost = host.equals("*")
                    || host.equals(wanted)
                    || host.startsWith("*.") && wanted.endsWith(host.substring(1));
            return sameHost && secure == isSecure(url) && (port == null || port == Targets.port(url));
        }
    }
}
