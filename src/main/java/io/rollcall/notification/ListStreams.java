package io.rollcall.notification;

import io.rollcall.problem.Problem;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.SubscriptionLists;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The open streams of subscription lists: each follows its list, whatever node that was changed or ended on. */
@ApplicationScoped
class ListStreams {
    private static final Logger LOG = Logger.getLogger(ListStreams.class.getName());

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Wishes wishes;

    /** The lists as their streams know them. */
    private final Map<Subscriber, SubscriptionList> open = new ConcurrentHashMap<>();

    /** Has a stream, which is subscribed to what is in the list, follow it. */
    void add(EventStream stream, SubscriptionList list) {
        open.put(stream, list);
        lists.givenUp(list).forEach(stream::giveUp);
    }

    void remove(Subscriber stream) {
        open.remove(stream);
    }

    /** To be called once a second: finds the lists that were changed, or are no more. */
    void look() {
        // those that open meanwhile are not asked about, and would be taken for ended
        Map<Subscriber, SubscriptionList> before = Map.copyOf(open);
        Set<String> ids = before.values().stream().map(SubscriptionList::id).collect(Collectors.toSet());
        Map<String, Long> revisions = lists.revisions(ids);
        before.forEach((stream, list) -> {
            Long revision = revisions.get(list.id());
            if (revision == null) {
                stream.expire();
            } else if (revision != list.revision()) {
                follow(stream, list);
            }
        });
    }

    private void follow(Subscriber stream, SubscriptionList before) {
        try {
            SubscriptionList now = lists.find(before.id(), before.owner());
            open.replace(stream, before, now);
            wishes.replace(stream, Wish.of(now));
        } catch (Problem endedMeanwhile) {
            LOG.log(Level.FINE, "A list ended while its change was followed", endedMeanwhile);
        }
    }
}
