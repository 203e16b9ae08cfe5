package io.rollcall.notification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.http.Sessions;
import io.rollcall.metrics.Metrics;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.server.ServerStop;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The watchers connected to this node. */
@ApplicationScoped
class Connections {
    /** So many are to come back to other nodes in a millisecond, when this one stops. */
    private static final int BACK_IN_A_MILLISECOND = 2;

    private static final int LEAST_MILLIS_AWAY = 500;
    private static final int LEAST_SPREAD_MILLIS = 1_000;
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Those that were begun with a session's cookie, and which that was. */
    private final Map<Connection, UUID> sessions = new ConcurrentHashMap<>();
    /** Sessions that ended while a connection with them may still be being opened. */
    private final Cache<UUID, Boolean> ended =
            Caffeine.newBuilder().expireAfterWrite(1, TimeUnit.MINUTES).build();

    @Inject
    private Writers writers;

    @Inject
    private Wishes wishes;

    @Inject
    private ListStreams lists;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private Metrics metrics;

    @Inject
    private ServerStop stop;

    @Inject
    private Places places;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge("rollcall.watchers", "Watchers connected to this node", open::size);
    }

    /** The server stops: all are told to come back, each a little later than the other, and those who read are gone soon. */
    void leave(@Observes ServerStop.Begun begun) {
        int spread = Math.max(LEAST_SPREAD_MILLIS, open.size() / BACK_IN_A_MILLISECOND);
        long deadline = System.nanoTime() + LEAVING_NANOS;
        open.forEach(connection ->
                connection.goAway(LEAST_MILLIS_AWAY + ThreadLocalRandom.current().nextInt(spread)));
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        // closing may wait for a write that hangs
        open.forEach(connection -> writers.execute(() -> remove(connection)));
    }

    @PreDestroy
    void closeAll() {
        open.forEach(this::remove);
        writers.finish();
    }

    /** What writes to a connection that was opened. */
    Output output(Connection connection, ServletOutputStream out) {
        return new Output(connection, out, writers);
    }

    /** Has a connection closed, which may take a while. */
    void close(Runnable close) {
        writers.close(close);
    }

    /**
     * @param session with which it is begun, and with which it ends; null if with none
     * @throws Problem {@link Kind#UNAVAILABLE} or {@link Kind#TOO_MANY_REQUESTS} if there are too many, or the server stops;
     *     {@link Kind#NOT_SIGNED_IN} if the session has ended meanwhile
     */
    void add(Connection connection, @Nullable UUID session) {
        places.take(connection.caller().account());
        open.add(connection);
        if (session != null) {
            sessions.put(connection, session);
        }
        // looked at afterwards: whoever gets in before the stop, or before the session's end, is told of it
        if (stop.hasBegun()) {
            leaveOpen(connection);
            throw leaving();
        }
        if (session != null && ended.getIfPresent(session) != null) {
            leaveOpen(connection);
            throw new Problem(Kind.NOT_SIGNED_IN, "You have signed out");
        }
    }

    void end(@Observes Sessions.Ended signedOut) {
        ended.put(signedOut.session(), true);
        sessions.forEach((connection, session) -> {
            if (session.equals(signedOut.session())) {
                writers.execute(() -> remove(connection));
            }
        });
    }

    private void leaveOpen(Subscriber subscriber) {
        sessions.remove(subscriber);
        if (open.remove(subscriber)) {
            places.free(subscriber.caller().account());
        }
    }

    /** Those that are open now. */
    Collection<Connection> all() {
        return open;
    }

    /** @throws Problem {@link Kind#UNAVAILABLE} if the server stops: nothing new is begun then */
    void refuseIfLeaving() {
        if (stop.hasBegun()) {
            throw leaving();
        }
    }

    private static Problem leaving() {
        return Problem.forNow("The server is stopping; connect again");
    }

    void remove(Subscriber subscriber) {
        subscriber.close();
        leaveOpen(subscriber);
        wishes.forget(subscriber);
        lists.remove(subscriber);
        feeds.close(subscriber);
    }

    /** To be called after anything was noted of a connection: if it has gone meanwhile, nothing of it stays. */
    void removeIfClosed(Subscriber subscriber) {
        if (subscriber.isClosed()) {
            remove(subscriber);
        }
    }
}
