package io.rollcall.notification;

import io.rollcall.metrics.Alarm;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.server.MessageEndpoints;
import io.rollcall.server.ServerStop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Notices that {@link ChangeListener} is deaf, and has the container connect it anew. A resource adapter may take a broker
 * that left while it was connecting for one that is there, for ever; changes would then be found by polling alone.
 */
@ApplicationScoped
class ListenerWatch {
    private static final Logger LOG = Logger.getLogger(ListenerWatch.class.getName());
    /** Longer than the adapter needs to find a broker that is back. */
    private static final Duration DEAF = Duration.ofSeconds(10);

    @Inject
    private ChangeTopic topic;

    @Inject
    private MessageEndpoints endpoints;

    @Inject
    private ServerStop stop;

    /** To be called every few seconds, with time for a new connection to be heard in between. */
    void look() {
        Duration silence = topic.silence();
        if (silence.compareTo(DEAF) > 0 && !stop.hasBegun()) {
            Alarm.BROKER_SILENT.raise(LOG, "What the broker took has not come back for " + silence.toSeconds()
                    + " s: the listener is connected anew");
            endpoints.connectAnew(ChangeListener.class.getSimpleName());
        }
    }
}
