package io.rollcall.client;

import jakarta.jms.JMSContext;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker within the tests' process that keeps nothing: where messages are made that are real ones. */
public final class BrokerInside implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory connections;

    public BrokerInside() {
        LOG.setLevel(Level.SEVERE);
        try {
            broker.setConfiguration(new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName())));
            broker.start();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        connections = new ActiveMQConnectionFactory("vm://0");
    }

    public JMSContext connect() {
        return connections.createContext();
    }

    @Override
    public void close() {
        connections.close();
        try {
            broker.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
