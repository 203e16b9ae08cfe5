package io.rollcall.presentity;

import io.rollcall.document.DocumentLimits;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Presence to try things with. */
public final class Examples {
    public static final String ALICE = "alice@example.com";
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);

    private Examples() {}

    public static Publication says(String state) {
        return READER.readJson(("{\"state\":\"" + state + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    public static Publication says(String state, String note) {
        return READER.readJson(("{\"state\":\"" + state + "\",\"note\":\"" + note + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    public static Instant later(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    /** Alice, logged in with each state in turn, as tuples t1, t2, …. */
    public static AccountPresence loggedIn(String... states) {
        AccountPresence presence = AccountPresence.untouched(ALICE);
        for (int i = 0; i < states.length; i++) {
            presence = presence.login("t" + (i + 1), says(states[i]), later(i), later(3600));
        }
        return presence;
    }

    public static Presentity tuple(AccountPresence presence, String id) {
        return presence.presentity(id).orElseThrow();
    }
}
