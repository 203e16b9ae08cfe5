package io.rollcall.presentity;

import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.OwnWord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner's own word as the account keeps it.
 *
 * @param since when it was said, by the database's clock
 * @param hidden to whom the account appears offline, and as of when
 */
public record Preferred(OwnWord word, Instant since, List<Hidden> hidden) {
    private static final String EVERYBODY = "*";

    /**
     * Some to whom the account appears offline. They go on seeing it as it would have been had its owner left when they
     * were first hidden from, so that nothing tells them more than of one who did leave.
     *
     * @param from an address, a domain, or {@code *}
     * @param version the account's version that they see
     * @param lastSeen milliseconds since 1970, or null
     */
    public record Hidden(String from, long version, @Nullable Long lastSeen) {
        private boolean covers(String other) {
            return from.equals(EVERYBODY) || from.equals(other) || other.endsWith('@' + from);
        }
    }

    public Preferred {
        hidden = List.copyOf(hidden);
    }

    /** The word said to an account as it stands; whoever sees it offline already sees no change. */
    static Preferred said(OwnWord word, AccountPresence now, Instant time) {
        Preferred before = now.account().preferred();
        List<Hidden> hidden = new ArrayList<>();
        if (word.invisible()) {
            Hidden fresh = leaving(now, before, time);
            for (String name : word.to().isEmpty() ? List.of(EVERYBODY) : word.to()) {
                Hidden known = before == null ? null : before.hiddenFrom(name);
                Hidden mark = known == null ? fresh : known;
                hidden.add(new Hidden(name, mark.version, mark.lastSeen));
            }
            if (before != null) {
                List<Hidden> named = List.copyOf(hidden);
                before.hidden.stream()
                        .filter(old -> named.stream().anyMatch(h -> !h.from.equals(old.from) && h.covers(old.from)))
                        .forEach(hidden::add);
            }
        }
        return new Preferred(word, time, hidden);
    }

    /** What is seen of the account if its owner leaves now: the same as before if it is seen offline anyway. */
    private static Hidden leaving(AccountPresence now, @Nullable Preferred before, Instant time) {
        boolean live = now.isLive();
        boolean shown = live || before != null && before.word.outOfOffice();
        return new Hidden(
                EVERYBODY,
                shown ? now.version() + 1 : now.version(),
                live ? Long.valueOf(time.toEpochMilli()) : now.account().lastSeen());
    }

    /** What a watcher sees to whom the account appears offline; null if it does not. */
    public @Nullable Hidden hiddenFrom(Address watcher) {
        return hidden.isEmpty() ? null : hiddenFrom(watcher.toString());
    }

    private @Nullable Hidden hiddenFrom(String name) {
        return first(hidden, name);
    }

    /** Of some to whom an account appears offline those that a watcher is among, as of when that was first so. */
    public static @Nullable Hidden first(List<Hidden> hidden, String name) {
        Hidden first = null;
        for (Hidden some : hidden) {
            if (some.covers(name) && (first == null || some.version < first.version)) {
                first = some;
            }
        }
        return first;
    }

    /** The word with its time and marks, as one text. */
    String text() {
        StringBuilder text = new StringBuilder(256).append(since.toEpochMilli());
        for (Hidden some : hidden) {
            text.append('\n').append(some.version).append(' ').append(some.lastSeen).append(' ').append(some.from);
        }
        return text.append('\n')
                .append(new String(JsonWriter.write(word, since), StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InvalidDocument if it is damaged
     */
    static Preferred parse(String text) {
        try {
            return read(text);
        } catch (IndexOutOfBoundsException | NumberFormatException damaged) {
            throw new InvalidDocument("What the owner says cannot be read", damaged);
        }
    }

    private static Preferred read(String text) {
        String[] lines = text.split("\n");
        List<Hidden> hidden = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            String[] parts = lines[i].split(" ");
            hidden.add(new Hidden(
                    parts[2], Long.parseLong(parts[0]), parts[1].equals("null") ? null : Long.valueOf(parts[1])));
        }
        return new Preferred(
                OwnWord.readStored(lines[lines.length - 1]),
                Instant.ofEpochMilli(Long.parseLong(lines[0])),
                hidden);
    }
}
