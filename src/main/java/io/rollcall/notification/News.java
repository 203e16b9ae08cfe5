package io.rollcall.notification;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a watcher has not been sent yet: of each account the newest of each kind, in the order in which it is to be sent.
 * Not safe for use by several threads.
 */
public final class News implements Iterable<Notification> {
    private final Map<String, Notification> byKey = new LinkedHashMap<>();

    void put(Notification notification) {
        // the newest last: whoever has seen an event has seen, or will be sent, all before it
        byKey.remove(notification.key());
        byKey.put(notification.key(), notification);
    }

    /**
     * Takes back what could not be sent: it waits again, before what came since. What that replaces is gone, and of an
     * account whose subscription has another state by now the document must not be shown any more.
     *
     * @param watched whether an account is still watched
     */
    void putBack(List<Notification> unsent, Predicate<String> watched) {
        Map<String, Notification> since = new LinkedHashMap<>(byKey);
        byKey.clear();
        for (Notification notification : unsent) {
            String account = notification.account();
            boolean replaced = since.containsKey(notification.key());
            boolean shown = !notification.isPresence()
                    || watched.test(account) && !since.containsKey(Notification.subscriptionKey(account));
            if (shown && !replaced) {
                byKey.put(notification.key(), notification);
            }
        }
        byKey.putAll(since);
    }

    /** Drops what was to be told of an account that is watched no more. */
    void drop(String account) {
        dropPresence(account);
        byKey.remove(Notification.subscriptionKey(account));
    }

    /** Drops the state of an account that must not be shown any more. */
    void dropPresence(String account) {
        byKey.remove(Notification.presenceKey(account));
    }

    boolean holds(String key) {
        return byKey.containsKey(key);
    }

    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    int size() {
        return byKey.size();
    }

    void clear() {
        byKey.clear();
    }

    /** Whose {@code remove} takes what was given last. */
    @Override
    public Iterator<Notification> iterator() {
        return byKey.values().iterator();
    }
}
