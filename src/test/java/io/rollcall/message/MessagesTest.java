package io.rollcall.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.client.BrokerInside;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to a message is read from it on the other side of a broker. */
@ExtendWith(BrokerInside.class)
class MessagesTest {
    private static final NotificationMessage NOTIFICATION = new NotificationMessage(
            NotificationMessage.PRESENCE,
            "bob@example.com",
            "alice@example.com",
            "example.com",
            "busy",
            "open",
            7L,
            "{\"state\":\"busy\"}");

    private final JMSContext jms;

    MessagesTest(JMSContext jms) {
        this.jms = jms;
    }

    @Test
    void an_answer_to_a_login() throws JMSException {
        comesBack(new PublicationAnswer(201, "t1", "t1-1", 3600L, "{\"state\":\"busy\"}"));
    }

    @Test
    void an_answer_to_a_logout_and_a_refusal() throws JMSException {
        comesBack(new PublicationAnswer(204, "t1", null, null, null));
        comesBack(new PublicationAnswer(412, null, null, null, "{\"detail\":\"Log in anew\"}"));
    }

    @Test
    void only_below_400_is_a_success() {
        assertThat(new PublicationAnswer(399, null, null, null, null).success()).isTrue();
        assertThat(new PublicationAnswer(400, null, null, null, null).success()).isFalse();
    }

    @Test
    void a_notification_is_found_by_a_selector() throws JMSException {
        Queue queue = jms.createTemporaryQueue();
        TextMessage message = jms.createTextMessage();
        NOTIFICATION.writeTo(message);
        jms.createProducer().send(queue, message);

        String selector = "watcher = 'bob@example.com' AND domain = 'example.com' AND basic = 'open' AND version > 6";
        TextMessage received = (TextMessage) jms.createConsumer(queue, selector).receive(5000);

        assertThat(NotificationMessage.read(received)).isEqualTo(NOTIFICATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "watcher", "account", "domain", "state", "basic", "version"})
    void a_notification_without_one_of_its_properties_is_none(String missing) throws JMSException {
        TextMessage whole = jms.createTextMessage();
        NOTIFICATION.writeTo(whole);
        TextMessage message = jms.createTextMessage(NOTIFICATION.body());
        for (String name : new String[] {"event", "watcher", "account", "domain", "state", "basic", "version"}) {
            if (!name.equals(missing)) {
                message.setObjectProperty(name, whole.getObjectProperty(name));
            }
        }

        assertThatThrownBy(() -> NotificationMessage.read(message))
                .isInstanceOf(InvalidMessage.class)
                .hasMessageContaining(missing);
    }

    @Test
    void what_is_no_text_is_none_of_these() {
        assertThatThrownBy(() -> NotificationMessage.read(jms.createBytesMessage())).isInstanceOf(InvalidMessage.class);
        assertThatThrownBy(() -> PublicationAnswer.read(jms.createBytesMessage())).isInstanceOf(InvalidMessage.class);
        assertThatThrownBy(() -> PublicationAnswer.read(jms.createTextMessage("hello"))).isInstanceOf(InvalidMessage.class);
    }

    private void comesBack(PublicationAnswer answer) throws JMSException {
        Queue queue = jms.createTemporaryQueue();
        TextMessage message = jms.createTextMessage();
        answer.writeTo(message);
        jms.createProducer().send(queue, message);

        assertThat(PublicationAnswer.read(jms.createConsumer(queue).receive(5000))).isEqualTo(answer);
    }
}
