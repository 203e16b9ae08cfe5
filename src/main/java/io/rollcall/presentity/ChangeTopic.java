package io.rollcall.presentity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The topic {@code rollcall.changes}, on which nodes tell each other what they stored. */
@ApplicationScoped
public class ChangeTopic {
    /** The type of a message that tells of watchers; a group of changes has none. */
    public static final String WATCHERS = "watchers";

    private static final int ACCOUNTS_AT_ONCE = 2_000;

    private static final Logger LOG = Logger.getLogger(ChangeTopic.class.getName());

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/changes")
    private Topic topic;

    private volatile boolean failing;

    /** Sends the announcement; if the broker does not take it, every node finds the group by its number. */
    void announce(ChangeGroup group) {
        send(null, group.encode());
    }

    /** Tells every node that other people watch these accounts, or in another way; a hint that may get lost. */
    public void announceWatchers(Collection<String> accounts) {
        List<String> all = List.copyOf(accounts);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            send(WATCHERS, String.join("\n", some).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(@Nullable String type, byte[] body) {
        try (JMSContext context = connections.createContext()) {
            BytesMessage message = context.createBytesMessage();
            message.setJMSType(type);
            message.writeBytes(body);
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setDisableMessageTimestamp(true)
                    .send(topic, message);
            failing = false;
        } catch (JMSException | JMSRuntimeException failure) {
            if (!failing) {
                LOG.log(Level.WARNING, "The broker does not take announcements; changes reach watchers by polling", failure);
            }
            failing = true;
        }
    }

    /** Whether the broker can be reached. */
    public boolean reachable() {
        try (JMSContext context = connections.createContext()) {
            return context.getMetaData().getJMSMajorVersion() > 0;
        } catch (JMSException | JMSRuntimeException failure) {
            return false;
        }
    }
}
