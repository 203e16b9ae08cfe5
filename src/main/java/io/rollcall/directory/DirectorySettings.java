package io.rollcall.directory;

import static java.util.Map.entry;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What configuration says about the directory, else what is usual for its kind. Settings are named without their common
 * {@code rollcall.directory.}; each method throws IllegalArgumentException naming the setting that cannot be used.
 */
final class DirectorySettings {
    private static final String PREFIX = "rollcall.directory.";
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("kind", "inetorgperson"),
            entry("tls", "true"),
            entry("starttls", "false"),
            entry("timeout", "PT5S"),
            entry("refresh", "PT1M"),
            entry("page", "500"),
            entry("limit", "200000"),
            entry("port", "0"),
            entry("account", "mail"),
            entry("name", "displayName,cn"),
            entry("group.name", "cn"));

    private final Function<String, Optional<String>> configured;
    private final DirectoryKind kind;

    /** @param configured what configuration says for a setting's full name */
    DirectorySettings(Function<String, Optional<String>> configured) {
        this.configured = name -> configured.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        kind = DirectoryKind.named(this.configured.apply(PREFIX + "kind").orElse(DEFAULTS.get("kind")));
    }

    /** The same, but for these. */
    DirectorySettings but(Map<String, String> others) {
        return new DirectorySettings(name -> name.startsWith(PREFIX) && others.containsKey(name.substring(PREFIX.length()))
                ? Optional.of(others.get(name.substring(PREFIX.length())))
                : configured.apply(name));
    }

    Optional<String> text(String name) {
        return configured
                .apply(PREFIX + name)
                .or(() -> Optional.ofNullable(kind.preset(name)))
                .or(() -> Optional.ofNullable(DEFAULTS.get(name)));
    }

    String needed(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(PREFIX + name + " is needed"));
    }

    /** What is listed with commas between. */
    List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    boolean flag(String name) {
        String text = needed(name);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(PREFIX + name + " is true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    int number(String name, int least) {
        try {
            int number = Integer.parseInt(needed(name));
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new IllegalArgumentException(PREFIX + name + " is a number from " + least + " on");
    }

    Duration duration(String name) {
        try {
            Duration duration = Duration.parse(needed(name));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException none) {
            // said below
        }
        throw new IllegalArgumentException(PREFIX + name + " is a duration like PT30S (ISO 8601)");
    }

    Filter filter(String name) {
        try {
            return Filter.create(needed(name));
        } catch (LDAPException none) {
            throw new IllegalArgumentException(PREFIX + name + " is no filter (RFC 4515)", none);
        }
    }
}
