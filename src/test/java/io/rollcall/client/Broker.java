package io.rollcall.client;

import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** The process of {@link BrokerProcess}: an ActiveMQ Artemis that knows one user and keeps nothing. */
final class Broker {
    private Broker() {}

    /** Runs until nobody writes to it any more. */
    public static void main(String[] portUserPassword) throws Exception {
        // its audit log tells of every message
        Logger.getLogger("").setLevel(Level.WARNING);
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(true)
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of("host", "localhost", "port", portUserPassword[0])));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setConfiguration(configuration)
                .setSecurityManager(new OneUser(portUserPassword[1], portUserPassword[2]));
        broker.start();
        while (System.in.read() >= 0) {
            // nothing is ever said
        }
        broker.stop();
        System.exit(0);
    }

    private record OneUser(String name, String password) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String word) {
            return name.equals(user) && password.equals(word);
        }

        @Override
        public boolean validateUserAndRole(String user, String word, Set<Role> roles, CheckType check) {
            return validateUser(user, word);
        }
    }
}
