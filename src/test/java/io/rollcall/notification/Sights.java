package io.rollcall.notification;

import io.rollcall.document.PresenceDocument;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Subscription;
import java.util.List;
import java.util.Objects;

/** What tests of other rooms show to a subscriber. */
public final class Sights {
    private Sights() {}

    /** Of one who may see all of a document. */
    public static View of(PresenceDocument document) {
        return of(document, Provision.EVERYTHING);
    }

    public static View of(PresenceDocument document, Provision provision) {
        return new View(document.account(), document.version(), Handling.ALLOW, provision, new Rendition(document));
    }

    /** Of one who is shown nothing. */
    public static View nothing(String account, long version, Handling handling) {
        return new View(account, version, handling, null);
    }

    public static Notification news(PresenceDocument document, long number) {
        return new Broadcast(number).notification(new Rendition(document));
    }

    public static Notification news(String account, Standing standing) {
        return Notification.subscription(account, standing);
    }

    public static Subscription watch(Subscriber subscriber, String account) {
        return Objects.requireNonNull(subscriber.subscribe(account));
    }

    public static void show(Subscriber subscriber, Subscription subscription, View view, long number) {
        subscriber.show(subscription, view, new Broadcast(number));
        subscriber.flush();
    }

    public static void end(Subscriber subscriber, String account, Event reason) {
        subscriber.end(account, reason);
    }

    public static void putBack(Subscriber subscriber, List<Notification> unsent) {
        subscriber.putBack(unsent);
    }
}
