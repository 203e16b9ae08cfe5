package io.rollcall.subscription;

import io.rollcall.document.Address;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.SubscriptionSearch.Found;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Ends what somebody else than its owner wants to end: a list, or a request that waits. */
@ApplicationScoped
public class SubscriptionEnd {
    @Inject
    private SubscriptionLists lists;

    @Inject
    private SubscriptionRecords records;

    @Inject
    private Reviewer reviewer;

    @Inject
    private ChangeTopic topic;

    /**
     * Whose list it is.
     *
     * @throws Problem {@link Kind#NOT_FOUND} if there is none of that id
     */
    public Address ownerOf(String id) {
        return lists.findOfAnybody(id).owner().account();
    }

    /**
     * Ends a list, whosever it is.
     *
     * @throws Problem {@link Kind#NOT_FOUND} if there is none of that id
     */
    public void endList(String id) {
        lists.end(id, Instant.ofEpochMilli(Long.MAX_VALUE)).ifPresent(reviewer::listEnded);
    }

    /** Gives up a request that waits; nothing happens where it does not any more. */
    public void forget(Found request) {
        records.store(
                List.of(),
                List.of(new SubscriptionRecord(
                        request.account(), request.watcher(), Carrier.REQUEST, Standing.INIT, 0, null)));
        topic.announceWatchers(Set.of(request.account()));
    }
}
