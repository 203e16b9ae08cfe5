package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rollcall.client.BrokerInside;
import io.rollcall.http.Problems;
import io.rollcall.message.PublicationMessage;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message asks for, and what is wrong with those that ask wrongly. */
@ExtendWith(BrokerInside.class)
class QueuedPublicationTest {
    private static final String ALICE = "alice@example.com";
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final String PIDF = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:alice@example.com'>"
            + "<tuple id='a'><status><basic>open</basic></status><note>\u00e4\u20ac</note></tuple></presence>";

    private final JMSContext jms;

    QueuedPublicationTest(JMSContext jms) {
        this.jms = jms;
    }

    @Test
    void a_login_in_json() throws JMSException {
        QueuedPublication read = read(PublicationMessage.login("sip:alice@EXAMPLE.com", BUSY).expiringIn(100));

        assertThat(read.account()).hasToString(ALICE);
        assertThat(read.action()).isEqualTo(PublicationMessage.Action.LOGIN);
        assertThat(read.expires()).isEqualTo(100);
        assertThat(read.publication().state().word()).isEqualTo("busy");
        assertThat(read.form()).isEqualTo(PublishedForm.JSON);
        assertThat(read.size()).isEqualTo(BUSY.length());
        assertThat(read.tuple()).matches("t[a-z2-7]{20}");
    }

    @Test
    void a_modification_in_pidf_whatever_encoding_its_declaration_names() throws JMSException {
        String document = "\ufeff<?xml version='1.0' encoding='ISO-8859-1'?>" + PIDF;

        QueuedPublication read = read(PublicationMessage.modify(ALICE, "t1", "t1-1", document));

        assertThat(read.tuple()).isEqualTo("t1");
        assertThat(read.tag()).isEqualTo("t1-1");
        assertThat(read.form()).isEqualTo(PublishedForm.PIDF);
        assertThat(read.publication().note()).isEqualTo("\u00e4\u20ac");
    }

    @Test
    void a_refresh_and_a_logout_publish_nothing() throws JMSException {
        assertThat(read(PublicationMessage.refresh(ALICE, "t1", "*")).publication()).isNull();
        assertThat(read(PublicationMessage.logout(ALICE, "t1", "*")).publication()).isNull();
    }

    @Test
    void a_login_that_is_delivered_again_asks_for_the_same_tuple_and_another_one_for_another() throws JMSException {
        Queue queue = jms.createQueue("delivered.again");
        String tuple;
        try (JMSContext taking = jms.createContext(JMSContext.SESSION_TRANSACTED);
                JMSConsumer consumer = taking.createConsumer(queue)) {
            jms.createProducer().send(queue, message(PublicationMessage.login(ALICE, BUSY)));
            jms.createProducer().send(queue, message(PublicationMessage.login(ALICE, BUSY)));
            tuple = QueuedPublication.read(consumer.receive(5000)).tuple();
            taking.rollback();

            assertThat(QueuedPublication.read(consumer.receive(5000)).tuple()).isEqualTo(tuple);
            assertThat(QueuedPublication.read(consumer.receive(5000)).tuple()).isNotEqualTo(tuple);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock = """
        -                 | login   | -  | -  | -    | {"state":"busy"} | 400 | Send the property account
        alice             | login   | -  | -  | -    | {"state":"busy"} | 400 | 'alice' names no account
        alice@example.com | -       | -  | -  | -    | {"state":"busy"} | 400 | Send the property action
        alice@example.com | LOGIN   | -  | -  | -    | {"state":"busy"} | 400 | login, modify, refresh or logout; not 'LOGIN'
        alice@example.com | publish | -  | -  | -    | {"state":"busy"} | 400 | login, modify, refresh or logout; not 'publish'
        alice@example.com | login   | t1 | -  | -    | {"state":"busy"} | 400 | A login is given its tuple
        alice@example.com | login   | -  | -  | -    | -                | 400 | A login publishes a document
        alice@example.com | modify  | t1 | t  | -    | -                | 400 | A modify publishes a document
        alice@example.com | modify  | -  | t  | -    | {"state":"busy"} | 400 | Send the property tuple
        alice@example.com | modify  | t1 | -  | -    | {"state":"busy"} | 428 | Send the property etag
        alice@example.com | refresh | t1 | t  | -    | {"state":"busy"} | 400 | A refresh publishes nothing
        alice@example.com | refresh | t1 | -  | -    | -                | 428 | Send the property etag
        alice@example.com | logout  | -  | t  | -    | -                | 400 | Send the property tuple
        alice@example.com | login   | -  | -  | soon | {"state":"busy"} | 400 | expires must be a whole number
        alice@example.com | login   | -  | -  | -5   | {"state":"busy"} | 400 | expires must be a whole number
        alice@example.com | login   | -  | -  | 1e3  | {"state":"busy"} | 400 | expires must be a whole number
        alice@example.com | login   | -  | -  | -    | {"state":"idle"} | 400 | idle
        alice@example.com | login   | -  | -  | -    | hello            | 400 | JSON
        alice@example.com | login   | -  | -  | -    | <presence/>      | 400 | presence
        """)
    void what_is_wrong_is_told(
            String account, String action, String tuple, String etag, String expires, String body, int status, String told)
            throws JMSException {
        TextMessage message = jms.createTextMessage(body);
        set(message, "account", account);
        set(message, "action", action);
        set(message, "tuple", tuple);
        set(message, "etag", etag);
        set(message, "expires", expires);

        Problem problem = refusal(message);

        assertThat(problem.kind().status()).isEqualTo(status);
        assertThat(problem.detail()).contains(told);
    }

    @ParameterizedTest
    @CsvSource({"account", "action", "tuple", "etag"})
    void a_property_of_another_type_is_refused(String name) throws JMSException {
        for (Object hostile : new Object[] {true, 1, 1L, 1.5, (byte) 1}) {
            TextMessage message = message(PublicationMessage.modify(ALICE, "t1", "t1-1", BUSY));
            message.setObjectProperty(name, hostile);

            assertThat(refusal(message).detail()).isEqualTo("The property " + name + " is a string");
        }
    }

    @ParameterizedTest
    @CsvSource({"account", "action", "tuple", "etag"})
    void a_property_that_is_empty_or_far_too_long_is_refused(String name) throws JMSException {
        for (String hostile : new String[] {"", "  ", "x".repeat(513)}) {
            TextMessage message = message(PublicationMessage.modify(ALICE, "t1", "t1-1", BUSY));
            message.setStringProperty(name, hostile);

            assertThat(refusal(message).detail()).isEqualTo("The property " + name + " has 1 to 512 characters");
        }
    }

    @Test
    void expires_is_a_whole_number_of_any_type() throws JMSException {
        for (Object seconds : new Object[] {90, 90L, (short) 90, "90"}) {
            TextMessage message = message(PublicationMessage.login(ALICE, BUSY));
            message.setObjectProperty("expires", seconds);

            assertThat(QueuedPublication.read(message).expires()).isEqualTo(90);
        }
        for (Object hostile : new Object[] {true, 90.5, -1}) {
            TextMessage message = message(PublicationMessage.login(ALICE, BUSY));
            message.setObjectProperty("expires", hostile);

            assertThat(refusal(message).detail()).startsWith("expires must be");
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_in_characters_and_in_bytes() throws JMSException {
        String note = "{\"state\":\"busy\",\"note\":\"%s\"}";
        for (String body : new String[] {note.formatted("x".repeat(70_000)), note.formatted("\u20ac".repeat(30_000))}) {
            assertThat(refusal(message(PublicationMessage.login(ALICE, body))).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void half_a_character_is_refused() throws JMSException {
        String body = "{\"state\":\"busy\",\"note\":\"\ud83d\"}";

        assertThat(refusal(message(PublicationMessage.login(ALICE, body))).kind()).isEqualTo(Kind.INVALID_DOCUMENT);
    }

    @Test
    void a_message_that_is_no_text_is_refused_and_not_looked_into() throws JMSException {
        for (Message message : new Message[] {
            jms.createBytesMessage(), jms.createMapMessage(), jms.createObjectMessage("x"), jms.createStreamMessage(), jms.createMessage()
        }) {
            message.setStringProperty("account", ALICE);
            message.setStringProperty("action", "login");

            assertThat(refusal(message).kind()).isEqualTo(Kind.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static void set(Message message, String name, String value) throws JMSException {
        if (value != null) {
            message.setStringProperty(name, value);
        }
    }

    private QueuedPublication read(PublicationMessage publication) throws JMSException {
        return QueuedPublication.read(message(publication));
    }

    private TextMessage message(PublicationMessage publication) throws JMSException {
        TextMessage message = jms.createTextMessage();
        publication.writeTo(message);
        return message;
    }

    private static Problem refusal(Message message) {
        return Problems.problem(catchThrowable(() -> QueuedPublication.read(message)));
    }
}
