package io.rollcall.admin;

import io.rollcall.admin.AllSubscriptions.ListRow;
import io.rollcall.admin.AllSubscriptions.Row;
import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.document.Address;
import io.rollcall.http.Requests;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.subscription.ListSearch;
import io.rollcall.subscription.SubscriptionEnd;
import io.rollcall.subscription.SubscriptionSearch.Filter;
import io.rollcall.subscription.SubscriptionSearch.Order;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

/** The subscriptions of all nodes, and the lists of everybody; each can be ended. */
@Named("subscriptions")
@ViewScoped
public class SubscriptionsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private Administrator administrator;

    @Inject
    private SubscriptionEnd ends;

    @Inject
    private AllSubscriptions subscriptions;

    @Inject
    private AuditLog audit;

    @Inject
    private DatabaseClock clock;

    private @Nullable String account;
    private @Nullable String watcher;
    private @Nullable String status;
    private int hours;
    private final LazyDataModel<Row> rows = new Rows();
    private final LazyDataModel<ListRow> lists = new Lists();

    private final class Rows extends PageModel<Row> {
        private static final long serialVersionUID = 1L;

        @Override
        int count() {
            return Math.toIntExact(subscriptions.count(filter()));
        }

        @Override
        List<Row> load(int first, int limit, Map<String, SortMeta> sortBy) {
            return subscriptions.find(filter(), order(sortBy), first, limit);
        }
    }

    private final class Lists extends PageModel<ListRow> {
        private static final long serialVersionUID = 1L;

        @Override
        int count() {
            return Math.toIntExact(subscriptions.countLists(listFilter()));
        }

        @Override
        List<ListRow> load(int first, int limit, Map<String, SortMeta> sortBy) {
            return subscriptions.findLists(listFilter(), first, limit);
        }
    }

    private Filter filter() {
        return new Filter(account, watcher, status, hours == 0 ? null : clock.now().minus(Duration.ofHours(hours)));
    }

    private ListSearch.Filter listFilter() {
        return new ListSearch.Filter(account, watcher);
    }

    private static Order order(Map<String, SortMeta> sortBy) {
        for (SortMeta sort : sortBy.values()) {
            boolean descending = sort.getOrder() == SortOrder.DESCENDING;
            if (sort.getOrder() != SortOrder.UNSORTED) {
                return switch (sort.getField()) {
                    case "watcher" -> Order.WATCHER;
                    case "since" -> descending ? Order.NEWEST : Order.OLDEST;
                    default -> Order.ACCOUNT;
                };
            }
        }
        return Order.ACCOUNT;
    }

    /** Ends what a watcher has to an account. */
    public void end() {
        administrator.attempt("It is being ended.", () -> {
            Address target = Requests.address(administrator.pressed("endedAccount"));
            Address other = Requests.address(administrator.pressed("endedWatcher"));
            subscriptions.end(
                    target, other, administrator.act(Action.END_SUBSCRIPTION, target, other.toString()));
        });
    }

    /** Ends a list with all that is in it. */
    public void endList() {
        administrator.attempt("The list is ended.", () -> {
            String list = administrator.pressed("endedList");
            audit.before(administrator.act(Action.END_SUBSCRIPTION, ends.ownerOf(list), "list " + list));
            ends.endList(list);
        });
    }

    public LazyDataModel<Row> getRows() {
        return rows;
    }

    public LazyDataModel<ListRow> getLists() {
        return lists;
    }

    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String text) {
        account = Typed.account(text);
    }

    public @Nullable String getWatcher() {
        return watcher;
    }

    public void setWatcher(@Nullable String text) {
        watcher = Typed.account(text);
    }

    public @Nullable String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String word) {
        status = Typed.text(word);
    }

    /** For how many hours those that are shown have been there at least; 0 for all. */
    public int getHours() {
        return hours;
    }

    public void setHours(int atLeast) {
        hours = Math.max(0, atLeast);
    }
}
