package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.Inside;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Presentity;
import io.rollcall.presentity.TakenLogins;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The queue of publications on the engine inside the server, which only applications in there can reach. */
@ExtendWith(ArquillianExtension.class)
class PublicationQueueIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\"}";

    private static final String SAMPLE = "sample";

    private final String account = "t-" + UUID.randomUUID() + "@example.com";
    private JMSContext jms;
    private Destination answers;
    private JMSConsumer answered;

    @Deployment(order = 1)
    static WebArchive application() throws IOException, URISyntaxException {
        return Inside.application(Await.class);
    }

    @Deployment(name = SAMPLE, order = 2, testable = false)
    static WebArchive sample() {
        return ShrinkWrap.create(WebArchive.class, "rollcall-sample.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("rollcall.sample.war"))));
    }

    /** Not before each test, for one of them is a client outside. */
    private JMSContext jms() {
        if (jms == null) {
            jms = connections().createContext();
            answers = jms.createTemporaryQueue();
            answered = jms.createConsumer(answers);
        }
        return jms;
    }

    @AfterEach
    void disconnect() {
        if (jms != null) {
            jms.close();
        }
    }

    @Test
    void a_presentity_logs_in_changes_goes_on_and_logs_out() throws JMSException {
        PublicationAnswer login = publish(PublicationMessage.login(account, BUSY).expiringIn(100));
        assertThat(login.status()).isEqualTo(201);
        assertThat(login.expires()).isEqualTo(100);
        assertThat(login.body()).contains("\"state\":\"busy\"");
        assertThat(presentity().tupleId()).isEqualTo(login.tuple());

        PublicationAnswer modified = publish(PublicationMessage.modify(account, login.tuple(), login.etag(), ONLINE));
        assertThat(modified.status()).isEqualTo(200);
        PublicationAnswer refreshed = publish(PublicationMessage.refresh(account, login.tuple(), modified.etag()));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(presentity().entityTag()).isEqualTo(refreshed.etag());

        PublicationAnswer logout = publish(PublicationMessage.logout(account, login.tuple(), refreshed.etag()));
        assertThat(logout.status()).isEqualTo(204);
        assertThat(stored().findStored(account).presentities()).isEmpty();
    }

    @Test
    void a_login_that_is_delivered_again_when_its_presentity_has_gone_brings_nobody_back() throws JMSException {
        TextMessage message = jms().createTextMessage();
        PublicationMessage.login(account, BUSY).writeTo(message);
        message.setJMSReplyTo(answers);
        jms().createProducer().send(lookUp("jms/publications"), message);
        PublicationAnswer login = nextAnswer();
        publish(PublicationMessage.logout(account, login.tuple(), PublicationMessage.ANY));
        QueuedPublication delivered = QueuedPublication.read(message);
        assertThat(delivered.tuple()).isEqualTo(login.tuple());

        // as another node does it, to which the broker delivers what this one did not acknowledge in time
        assertThat(CDI.current().select(TakenLogins.class).get().among(List.of(login.tuple()))).hasSize(1);
        assertThatThrownBy(() -> CDI.current()
                        .select(Publications.class)
                        .get()
                        .store(delivered.storedBefore())
                        .join())
                .hasMessageContaining("has gone since");
        assertThat(stored().findStored(account).presentities()).isEmpty();
    }

    @Test
    void messages_of_one_account_are_taken_in_their_order_and_however_many_wait_none_is_refused() throws JMSException {
        PublicationAnswer login = publish(PublicationMessage.login(account, ONLINE));
        for (int i = 0; i < 300; i++) {
            String state = "{\"state\":\"busy\",\"note\":\"" + i + "\"}";
            send(PublicationMessage.modify(account, login.tuple(), PublicationMessage.ANY, state));
            send(PublicationMessage.login(i + "-" + account, ONLINE));
        }
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            PublicationAnswer answer = nextAnswer();
            assertThat(answer.success()).isTrue();
            if (answer.status() == 200) {
                notes.add(answer.body().replaceAll(".*\"note\":\"(\\d+)\".*", "$1"));
            }
        }
        assertThat(notes).hasSize(300).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    }

    @Test
    void what_cannot_be_taken_is_answered_with_its_problem() throws JMSException {
        PublicationAnswer refused = publish(PublicationMessage.modify(account, "t-nobody", "x", BUSY));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).contains("urn:rollcall:problem:not-found", "log in anew");
    }

    @Test
    void what_cannot_be_taken_and_answered_goes_to_the_dead_letters() throws JMSException {
        TextMessage message = jms().createTextMessage(BUSY);
        message.setStringProperty("account", account);
        message.setBooleanProperty("action", true);
        jms().createProducer().send(lookUp("jms/publications"), message);
        DeadLetter letter = deadLetter();
        assertThat(letter.status()).isEqualTo(400);
        assertThat(letter.reason()).isEqualTo("The property action is a string");
        assertThat(letter.body()).isEqualTo(BUSY);
        assertThat(letter.origin()).isEqualTo("rollcall.publications");
        assertThat(letters().remove(letter.id())).isTrue();
        assertThat(letters().remove(letter.id())).isFalse();
    }

    @Test
    void whoever_cannot_be_answered_keeps_nobody_else_waiting() throws JMSException {
        jms();
        try (JMSContext other = connections().createContext()) {
            answers = other.createTemporaryQueue();
        }
        send(PublicationMessage.modify(account, "t-nobody", "x", BUSY));
        assertThat(deadLetter().status()).isEqualTo(404);
    }

    @Test
    void what_was_taken_and_not_acknowledged_is_delivered_again() throws InterruptedException {
        Destination letters = lookUp("jms/dead-letters");
        jms().createProducer().setProperty("account", account).send(letters, "taken");
        ConnectionFactory connections = connections();
        AtomicBoolean taken = new AtomicBoolean();
        ManagedThreadFactory threads = lookUp("java:comp/DefaultManagedThreadFactory");

        // as the server does it, but for the end
        Thread crashing = threads.newThread(() -> {
            try (Connection connection = connections.createConnection();
                    Session taking = connection.createSession(true, Session.SESSION_TRANSACTED);
                    MessageConsumer consumer = taking.createConsumer(letters, "account = '" + account + "'")) {
                connection.start();
                taken.set(consumer.receive(20_000) != null);
            } catch (JMSException broken) {
                throw new AssertionError(broken);
            }
        });
        crashing.start();
        crashing.join();

        assertThat(taken).isTrue();
        letters().remove(deadLetter().id());
    }

    @Test
    @RunAsClient
    void a_second_application_publishes() {
        Client sample = Client.nobodyAt("http://localhost:" + System.getProperty("rollcall.inside.http.port"));

        sample.post("/rollcall-sample/board?state=busy&account=" + account, Client.JSON, "").is(201);
        sample.post("/rollcall-sample/board?state=busy&account=nobody", Client.JSON, "").isProblem(400, "invalid-request");
    }

    private DeadLetter deadLetter() {
        List<DeadLetter> found = new ArrayList<>();
        Await.until("the message is among the dead letters", () -> {
            letters().oldest(1000).stream()
                    .filter(letter -> account.equals(letter.account()))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private PublicationAnswer publish(PublicationMessage publication) throws JMSException {
        String id = send(publication);
        Message answer = answered.receive(20_000);
        assertThat(answer.getJMSCorrelationID()).isEqualTo(id);
        return PublicationAnswer.read(answer);
    }

    private PublicationAnswer nextAnswer() throws JMSException {
        return PublicationAnswer.read(answered.receive(20_000));
    }

    private String send(PublicationMessage publication) throws JMSException {
        TextMessage message = jms().createTextMessage();
        publication.writeTo(message);
        message.setJMSReplyTo(answers);
        jms().createProducer().send(lookUp("jms/publications"), message);
        return message.getJMSMessageID();
    }

    private static ConnectionFactory connections() {
        return lookUp("jms/connections");
    }

    private static <T> T lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException missing) {
            throw new AssertionError(missing);
        }
    }

    private Presentity presentity() {
        return stored().findStored(account).presentities().get(0);
    }

    private static Accounts stored() {
        return CDI.current().select(Accounts.class).get();
    }

    private static DeadLetters letters() {
        return CDI.current().select(DeadLetters.class).get();
    }
}
