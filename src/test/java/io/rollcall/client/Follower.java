package io.rollcall.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A watcher who comes back whenever the stream ends, with the id of the last event it had, and looks that nothing it is told
 * goes backwards.
 */
public final class Follower implements AutoCloseable {
    private static final long BETWEEN_TRIES = Duration.ofMillis(100).toNanos();

    private final Client client;
    private final String[] accounts;
    private final Map<String, Event> newest = new ConcurrentHashMap<>();
    private final List<String> backwards = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile Events stream;
    private volatile boolean ending;

    private Follower(Client client, String... accounts) {
        this.client = client;
        this.accounts = accounts;
        new Thread(this::follow, "follower").start();
    }

    public static Follower of(Client client, String... accounts) {
        return new Follower(client, accounts);
    }

    private void follow() {
        while (!ending) {
            try (Events opened = lastId.isEmpty() ? client.watch(accounts) : client.resume(lastId, accounts)) {
                stream = opened;
                while (!ending) {
                    take(opened.next());
                }
            } catch (AssertionError ended) {
                LockSupport.parkNanos(BETWEEN_TRIES);
            }
        }
    }

    private void take(Event event) {
        if (!event.id().isEmpty()) {
            lastId = event.id();
        }
        if (event.isPresence()) {
            Event before = newest.put(event.account(), event);
            if (before != null && event.version() < before.version()) {
                backwards.add(before.data() + ", then " + event.data());
            }
        }
    }

    /** What it was told last of an account's person; empty if nothing. */
    public String note(String account) {
        Event event = newest.get(account);
        return event == null ? "" : event.json().path("person").path("note").asText();
    }

    /** What was older than what it had been told before. */
    public List<String> backwards() {
        return List.copyOf(backwards);
    }

    @Override
    public void close() {
        ending = true;
        Events open = stream;
        if (open != null) {
            open.close();
        }
    }
}
