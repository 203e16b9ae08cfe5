package io.rollcall.delivery;

import io.rollcall.notification.Notification;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.webhook.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Brings what the owner of a list is told to a service outside. */
interface Courier {
    /**
     * Brings news and waits until it is taken.
     *
     * @param id the same as before for the same news only
     * @param wanted asked last of all: if not, nothing is brought, and the attempt was in vain
     */
    Outcome carry(SubscriptionList list, List<Notification> news, String id, BooleanSupplier wanted);

    /**
     * The threads that may wait for the service of a list.
     *
     * @param failing whether it took nothing the last time: such services must not keep others waiting
     */
    Executor threads(boolean failing);

    /** How long to wait after each failure. */
    Backoff backoff();

    /** Whether a service that took nothing for that long is given up. */
    boolean givesUpAfter(Duration failing);
}
