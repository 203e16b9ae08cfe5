package io.rollcall.bench;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** The process of {@link BrokerProcess}: an ActiveMQ Artemis for announcements, which need not outlive it. */
final class Broker {
    private Broker() {}

    /** Runs until nobody could write to it any more. */
    public static void main(String[] port) throws Exception {
        // its audit log tells of every message
        Logger.getLogger("").setLevel(Level.WARNING);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration(new TransportConfiguration(
                                NettyAcceptorFactory.class.getName(), Map.of("host", "localhost", "port", port[0]))));
        broker.start();
        while (System.in.read() >= 0) {
            // nothing is ever said
        }
        broker.stop();
        System.exit(0);
    }
}
