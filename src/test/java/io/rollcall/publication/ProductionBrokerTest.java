package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.message.Destinations;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** The broker's configuration that is an example for production. */
class ProductionBrokerTest {
    private static final Path FILE = Path.of("liberty/production/broker.xml");
    private static final int MOST_DELIVERIES = 10;

    @Test
    void what_it_gives_up_delivering_is_among_the_dead_letters() throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager files = new FileDeploymentManager(FILE.toUri().toString());
        files.addDeployable(configuration).readConfiguration();
        configuration.clearAcceptorConfigurations();
        configuration
                .addAcceptorConfiguration(
                        new TransportConfiguration(InVMAcceptorFactory.class.getName(), Map.of("serverId", "7")))
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://7");
                JMSContext taking = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            Queue publications = taking.createQueue(Destinations.PUBLICATIONS);
            taking.createProducer().send(publications, "poison");
            taking.commit();
            try (JMSConsumer taker = taking.createConsumer(publications)) {
                for (int i = 0; i < MOST_DELIVERIES; i++) {
                    assertThat(taker.receive(5_000)).isNotNull();
                    taking.rollback();
                }
            }
            try (JMSConsumer letters = taking.createConsumer(taking.createQueue("rollcall.dead-letters"))) {
                Message letter = letters.receive(5_000);
                assertThat(letter.getBody(String.class)).isEqualTo("poison");
            }
        } finally {
            broker.stop();
        }
    }
}
