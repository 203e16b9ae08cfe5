package io.rollcall.samples;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The broker that Rollcall uses too; where it is and who asks is in the same settings. */
final class ArtemisBroker {
    private ArtemisBroker() {}

    static JMSContext connect() {
        String url = "tcp://" + setting("ROLLCALL_JMS_HOST", "localhost") + ':' + setting("ROLLCALL_JMS_PORT", "61616");
        ConnectionFactory connections = new ActiveMQConnectionFactory(url);
        return connections.createContext(setting("ROLLCALL_JMS_USER", "rollcall"), setting("ROLLCALL_JMS_PASSWORD", ""));
    }

    private static String setting(String name, String byDefault) {
        String property = System.getProperty(name, System.getenv(name));
        return property == null ? byDefault : property;
    }
}
