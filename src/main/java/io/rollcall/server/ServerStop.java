package io.rollcall.server;

import io.rollcall.metrics.Alarm;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server is being stopped in good order. It is told while connections are still open and the database is still
 * there: {@link Begun} is fired once, on a thread for which the container waits, before it closes either.
 */
@ApplicationScoped
public class ServerStop {
    private static final Logger LOG = Logger.getLogger(ServerStop.class.getName());

    /**
     * The server takes no new connections any more; what it has begun it finishes.
     *
     * @param nanos when the stop began, by the clock of {@link System#nanoTime}
     */
    public record Begun(long nanos) {}

    @Inject
    private Event<Begun> observers;

    private @Nullable QuiesceListener listener;
    private volatile boolean begun;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        try {
            listener = QuiesceListener.register(started.getClass(), this::begin);
        } catch (ReflectiveOperationException | RuntimeException otherContainer) {
            Alarm.CONTAINER.raise(LOG, "The container does not say when it stops: watchers will be cut off", otherContainer);
        }
    }

    @PreDestroy
    void stop() {
        if (listener != null) {
            listener.unregister();
        }
    }

    public boolean hasBegun() {
        return begun;
    }

    private void begin() {
        begun = true;
        LOG.info("The server stops: watchers are told to come back to another node");
        observers.fire(new Begun(System.nanoTime()));
    }
}
