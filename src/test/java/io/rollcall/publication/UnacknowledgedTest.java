package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.BrokerInside;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerInside.class)
class UnacknowledgedTest {
    private final Unacknowledged unacknowledged = new Unacknowledged();

    @Test
    void what_comes_again_is_known_until_it_is_acknowledged(JMSContext jms) {
        try (JMSContext taking = jms.createContext(JMSContext.SESSION_TRANSACTED)) {
            Queue queue = jms.createQueue("publications");
            jms.createProducer().send(queue, "one").send(queue, "two");
            try (JMSConsumer consumer = taking.createConsumer(queue)) {
                QueuedMessage first = QueuedMessage.of(consumer.receive(5000));
                assertThat(unacknowledged.find(first)).isNull();
                unacknowledged.add(first);
                taking.rollback();

                QueuedMessage again = QueuedMessage.of(consumer.receive(5000));
                QueuedMessage other = QueuedMessage.of(consumer.receive(5000));
                assertThat(unacknowledged.find(again)).isSameAs(first);
                assertThat(unacknowledged.find(other)).isNull();

                unacknowledged.remove(List.of(again, other));
                assertThat(unacknowledged.find(again)).isNull();
            }
        }
    }
}
