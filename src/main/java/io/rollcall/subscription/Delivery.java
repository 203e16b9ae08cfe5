package io.rollcall.subscription;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.util.Locale;

/** How a list's notifications reach its owner. */
public enum Delivery {
    /** Server-sent events, at {@code …/events} of the list. */
    STREAM,
    /** Messages on the topic {@code rollcall.notifications}. */
    JMS,
    /** Requests to a URL. */
    WEBHOOK;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word that documents carry. */
    public String word() {
        return word;
    }

    /** Whether events are brought to a service outside, whoever is connected. */
    public boolean isOutside() {
        return this != STREAM;
    }

    /** @throws Problem {@link Kind#INVALID_REQUEST} if there is no such delivery */
    static Delivery named(String word) {
        for (Delivery delivery : values()) {
            if (delivery.word.equals(word)) {
                return delivery;
            }
        }
        throw new Problem(Kind.INVALID_REQUEST, "delivery '" + word + "' is not one of stream, jms and webhook");
    }
}
