package io.rollcall.admin;

import io.rollcall.audit.Act;
import io.rollcall.audit.AuditLog;
import io.rollcall.document.Address;
import io.rollcall.notification.LiveSubscriptions;
import io.rollcall.notification.LiveSubscriptions.Pair;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.ListSearch;
import io.rollcall.subscription.SubscriptionEnd;
import io.rollcall.subscription.SubscriptionSearch;
import io.rollcall.subscription.SubscriptionSearch.Filter;
import io.rollcall.subscription.SubscriptionSearch.Found;
import io.rollcall.subscription.SubscriptionSearch.Order;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subscriptions of all nodes: what is stored of them, with what only their node knows. */
@ApplicationScoped
public class AllSubscriptions {
    private static final int MOST_OF_ONE = 500;

    @Inject
    private SubscriptionSearch search;

    @Inject
    private ListSearch lists;

    @Inject
    private SubscriptionEnd ends;

    @Inject
    private LiveSubscriptions live;

    @Inject
    private NodeReports nodes;

    @Inject
    private AuditLog audit;

    /**
     * One of them.
     *
     * @param told when the watcher was told last; null if it is not known
     * @param node the name of the node that it is connected to; null if it is to none
     */
    public record Row(Found found, @Nullable Instant told, @Nullable String node) implements Serializable {}

    /**
     * A list.
     *
     * @param node the name of the node that delivers it; null if none does
     */
    public record ListRow(ListSearch.Found found, @Nullable String node) implements Serializable {}

    List<Row> find(Filter filter, Order order, int first, int limit) {
        List<Found> found = search.find(filter, order, first, limit);
        Map<Pair, Instant> told = live.toldLast(found);
        Map<String, String> names = names();
        return found.stream()
                .map(one -> new Row(one, told.get(new Pair(one.account(), one.watcher())), name(one.node(), names)))
                .toList();
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        nodes.all().forEach(report -> names.put(report.node(), report.name()));
        return names;
    }

    private static @Nullable String name(@Nullable String node, Map<String, String> names) {
        return node == null ? null : names.getOrDefault(node, node);
    }

    /** The lists of a watcher, of those that name an account, or of both; the newest first. */
    List<ListRow> findLists(ListSearch.Filter filter, int first, int limit) {
        Map<String, String> names = names();
        return lists.find(filter, first, limit).stream()
                .map(found -> new ListRow(found, name(found.node(), names)))
                .toList();
    }

    /** How many lists there are. */
    long countLists(ListSearch.Filter filter) {
        return lists.count(filter);
    }

    /** How many there are. */
    long count(Filter filter) {
        return search.count(filter);
    }

    /**
     * Ends what a watcher has to an account: its connections on whatever node, and a request that waits.
     *
     * @throws Problem {@link Kind#NOT_FOUND} if there is nothing; {@link Kind#INVALID_REQUEST} if it belongs to a list
     */
    void end(Address account, Address watcher, @Nullable Act act) {
        List<Found> found =
                search.find(new Filter(account.toString(), watcher.toString(), null, null), Order.ACCOUNT, 0, MOST_OF_ONE);
        if (found.isEmpty()) {
            throw new Problem(Kind.NOT_FOUND, watcher + " has no subscription to " + account);
        }
        if (found.stream().allMatch(one -> one.list() != null)) {
            throw new Problem(Kind.INVALID_REQUEST, "It belongs to a list; end the list: DELETE /api/subscriptions/{id}");
        }
        audit.before(act);
        found.stream().filter(one -> one.node() == null && one.list() == null).forEach(ends::forget);
        live.end(account.toString(), watcher.toString());
    }
}
