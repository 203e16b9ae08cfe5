package io.rollcall.notification;

import io.rollcall.directory.Groups;
import io.rollcall.http.Requests;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.SubscriptionLists;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists that are watched for their owners though these are not connected. */
@ApplicationScoped
public class WatchedLists {
    @Inject
    private SubscriptionLists lists;

    @Inject
    private Groups groups;

    @Inject
    private Connections connections;

    @Inject
    private Subscribing subscribing;

    @Inject
    private Wishes wishes;

    @Inject
    private Resumption resumption;

    /**
     * Subscribes to what is in a list, and shows what is new in it.
     *
     * @param seen the number of the group of changes up to which all was told before
     * @param told whether that was told before which is to be seen now; null if that is not known, else that alone counts
     */
    public void begin(Subscriber subscriber, SubscriptionList list, long seen, @Nullable Predicate<View> told) {
        Wish wish = Wish.of(list);
        subscriber.wish(window(list));
        wishes.add(subscriber, wish);
        subscribing.subscribe(subscriber, list.addresses(groups), resumption.after(seen, wish, list), told);
        lists.givenUp(list).forEach(subscriber::giveUp);
    }

    /** Goes on with what is in the list now, which was changed. */
    public void follow(Subscriber subscriber, SubscriptionList list) {
        subscriber.wish(window(list));
        wishes.replace(subscriber, Wish.of(list));
        subscribing.pace(subscriber);
    }

    private static int window(SubscriptionList list) {
        return Requests.window(Objects.requireNonNull(list.outlet()).maxRate());
    }

    /** Has it watched no more. */
    public void end(Subscriber subscriber) {
        connections.remove(subscriber);
    }
}
