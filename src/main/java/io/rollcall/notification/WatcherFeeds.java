package io.rollcall.notification;

import io.rollcall.document.Address;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.recurring.Backlog;
import io.rollcall.watcherinfo.WatcherInfo;
import io.rollcall.watcherinfo.WatcherInfoWriter;
import io.rollcall.watcherinfo.WatcherState;
import io.rollcall.watcherinfo.Watchers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The owners connected to this node who are told who watches them: all watchers first, then those with whom something
 * changed, once a second at the most (RFC 3857 §4.10). What was missed is found by looking at all now and then.
 */
@ApplicationScoped
class WatcherFeeds {
    private static final int LOOKS_BETWEEN_ALL = 30;

    @Inject
    private Watchers watchers;

    @Inject
    private DatabaseClock clock;

    private final Map<Subscriber, Feed> open = new ConcurrentHashMap<>();
    private final Map<String, Set<Feed>> byAccount = new ConcurrentHashMap<>();
    /** The owner's own word as it was last heard of; empty for none. */
    private final Map<String, String> words = new ConcurrentHashMap<>();
    private final Backlog<String> touched = new Backlog<>("Who watches cannot be told");
    private int looks;

    /** What one owner's connection was told; only the thread that looks changes it. */
    private static final class Feed {
        private final Subscriber subscriber;
        private long version;
        private @Nullable Map<String, WatcherState> told;

        Feed(Subscriber subscriber) {
            this.subscriber = subscriber;
        }
    }

    /** Tells the one who is connected who watches its account, from now on. */
    void open(Subscriber subscriber) {
        String account = subscriber.caller().account().toString();
        Feed feed = new Feed(subscriber);
        if (open.putIfAbsent(subscriber, feed) == null) {
            byAccount.compute(account, (any, others) -> {
                Set<Feed> all = others == null ? ConcurrentHashMap.newKeySet(1) : others;
                all.add(feed);
                return all;
            });
            touched.add(account);
        }
    }

    void close(Subscriber subscriber) {
        Feed feed = open.remove(subscriber);
        if (feed != null) {
            byAccount.computeIfPresent(subscriber.caller().account().toString(), (any, all) -> {
                all.remove(feed);
                if (!all.isEmpty()) {
                    return all;
                }
                words.remove(any);
                return null;
            });
        }
    }

    /** Something may have changed with the watchers of these accounts, or with what their rules say. */
    void touched(Collection<String> accounts) {
        for (String account : accounts) {
            if (byAccount.containsKey(account)) {
                touched.add(account);
            }
        }
    }

    /** An account changed, and this is its owner's own word now, by which it may appear offline to some. */
    void said(String account, @Nullable String word) {
        if (byAccount.containsKey(account)) {
            String now = word == null ? "" : word;
            if (!now.equals(words.put(account, now))) {
                touched.add(account);
            }
        }
    }

    /** To be called once a second: tells what has changed. */
    void look() {
        if (++looks % LOOKS_BETWEEN_ALL == 0) {
            touched.addAll(byAccount.keySet());
        }
        touched.work(this::look);
    }

    private void look(String account) {
        Set<Feed> feeds = byAccount.getOrDefault(account, Set.of());
        if (feeds.isEmpty()) {
            return;
        }
        Address address = Address.parse(account).orElseThrow();
        Map<String, WatcherState> now = watchers.of(address);
        for (Feed feed : feeds) {
            if (feed.subscriber.holds(Notification.watchersKey(account))) {
                // it has not read the last one yet, which the next one must not replace
                touched.add(account);
            } else {
                tell(feed, address, now);
            }
        }
    }

    private void tell(Feed feed, Address account, Map<String, WatcherState> now) {
        Map<String, WatcherState> before = feed.told;
        List<WatcherState> news =
                before == null ? List.copyOf(now.values()) : watchers.changes(account, before, now);
        if (before == null || !news.isEmpty()) {
            WatcherInfo info = new WatcherInfo(account.toString(), feed.version, before == null, news);
            Instant time = clock.now();
            feed.subscriber.put(Notification.watchers(
                    info.account(), WatcherInfoWriter.json(info, time), WatcherInfoWriter.xml(info, time)));
            feed.version++;
            feed.told = now;
            feed.subscriber.flush();
        }
    }
}
