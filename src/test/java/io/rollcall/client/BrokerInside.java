package io.rollcall.client;

import jakarta.jms.JMSContext;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Connects tests to a broker within their process that keeps nothing, one for all of them: where messages are made that
 * are real ones.
 */
public final class BrokerInside implements ParameterResolver {
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");
    private static final Namespace SPACE = Namespace.create(BrokerInside.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == JMSContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Running broker = test.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent("broker", any -> new Running(), Running.class);
        JMSContext connection = broker.connections.createContext();
        test.getStore(SPACE).put(connection, (AutoCloseable) connection::close);
        return connection;
    }

    private static final class Running implements AutoCloseable {
        private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        private final ActiveMQConnectionFactory connections;

        Running() {
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
}
