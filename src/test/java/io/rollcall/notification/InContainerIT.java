package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.Inside;
import io.rollcall.client.Await;
import io.rollcall.document.Address;
import io.rollcall.document.DocumentLimits;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.message.NotificationMessage;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.Database;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.publication.Publications;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import jakarta.persistence.metamodel.EntityType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import org.hibernate.SessionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can only be seen from inside the server: transactions, the mapping, the topic, and the sweep behind it. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
    private static final Publication ONLINE = new PublicationReader(DocumentLimits.DEFAULT)
            .readJson("{\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8));

    private Database database;
    private Accounts accounts;
    private Publications publications;
    private Subscriptions subscriptions;
    private final String account = "t-" + UUID.randomUUID() + "@example.com";

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    @BeforeEach
    void find_the_beans() {
        database = bean(Database.class);
        accounts = bean(Accounts.class);
        publications = bean(Publications.class);
        subscriptions = bean(Subscriptions.class);
    }

    @Deployment
    static WebArchive application() throws IOException, URISyntaxException {
        return Inside.application(RecordingSubscriber.class, Await.class);
    }

    @Test
    void a_transaction_that_fails_leaves_nothing() {
        publish();
        long lastNumber = bean(ChangeLog.class).lastNumber();

        assertThatThrownBy(() -> database.inTransaction(session -> {
                    session.createMutationQuery("delete Presentity where account = :account")
                            .setParameter("account", account)
                            .executeUpdate();
                    session.createNativeMutationQuery("update change_counter set number = number + 1")
                            .executeUpdate();
                    throw new IllegalStateException("the power fails here");
                }))
                .hasMessage("the power fails here");

        assertThat(accounts.findStored(account).presentities()).hasSize(1);
        assertThat(bean(ChangeLog.class).lastNumber()).isEqualTo(lastNumber);
    }

    @Test
    void every_entity_is_mapped_to_the_tables_that_the_migrations_make() {
        database.read(session -> {
            SessionFactory sessions = session.getFactory();
            assertThat(sessions.getProperties()).containsEntry("hibernate.hbm2ddl.auto", "validate");
            assertThat(sessions.getMetamodel().getEntities()).isNotEmpty();
            for (EntityType<?> entity : sessions.getMetamodel().getEntities()) {
                session.createSelectionQuery("from " + entity.getName(), entity.getJavaType())
                        .setMaxResults(1)
                        .getResultList();
            }
            return null;
        });
    }

    @Test
    void a_change_reaches_the_watchers_over_the_topic() {
        RecordingSubscriber watcher = watch();

        publish();

        Await.until("the change was announced", () -> watcher.versions().contains(1L));
        assertThat(watcher.versions()).containsExactly(1L);
    }

    @Test
    void the_sweep_finds_a_group_whose_announcement_was_lost() {
        publish();
        RecordingSubscriber watcher = watch();

        storeWithoutAnnouncement();

        Await.until("the sweep found it", () -> watcher.versions().contains(2L));
        AccountPresence known = accounts.find(account);
        assertThat(known.version()).isEqualTo(2);
    }

    @Test
    void requests_are_reviewed_though_the_announcement_of_new_rules_was_lost() {
        store("insert into subscription (account, watcher, carrier, status, event, since, expires_at) values ('" + account
                + "', 'bob@example.com', 'request', 'waiting', 'timeout', 1, " + Long.MAX_VALUE + ")");
        // by the rules of today nobody of the domain has to wait
        storeGroup(account + " 2r\n");

        Await.until("the request is no more", () -> stored("select count(*) from subscription where account = '" + account
                        + "'")
                .equals("0"));
    }

    @Test
    void a_request_that_is_left_when_the_owner_has_just_decided_does_not_wait() {
        // as it was before the decision, for which this one is too late: bob may see everybody of its domain
        leavePending("bob@example.com", account);
        String undecided = "t-" + UUID.randomUUID() + "@example.com";
        leavePending("zoe@partner.example", undecided);

        Await.until("both were recorded", () -> stored("select count(*) from subscription where account = '" + undecided
                        + "' and carrier = 'request'")
                .equals("1"));
        Await.until("the decided one is gone", () -> stored("select count(*) from subscription where account = '" + account
                        + "'")
                .equals("0"));
    }

    private void leavePending(String watcher, String watched) {
        Subscription request = new Subscription(new RecordingSubscriber(watcher, subscriptions), watched);
        request.follow(Handling.CONFIRM);
        subscriptions.add(request);
        subscriptions.remove(request);
    }

    @Test
    void a_publication_in_flight_goes_on_from_the_versions_of_an_account_that_was_erased_meanwhile() throws Exception {
        assertThat(accounts.find(account).version()).isZero();
        // what another node leaves that took a publication and erased the account
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(account.getBytes(StandardCharsets.UTF_8));
        store("insert into erased_account (digest, version, rules_revision) values ('"
                + HexFormat.of().formatHex(digest) + "', 7, 3)");

        publish();

        assertThat(accounts.findStored(account).version()).isEqualTo(8);
        assertThat(accounts.findStored(account).account().rulesRevision()).isEqualTo(3);
    }

    @Test
    void who_moved_while_a_watcher_was_subscribed_joins_before_long() {
        RecordingSubscriber watcher = new RecordingSubscriber("bob@example.com", subscriptions);
        bean(Wishes.class).add(watcher, new Wish(Set.of(), Set.of("sales")));

        // as if nobody had been in the group when it was looked up
        bean(Subscribing.class).subscribe(watcher, Set.of(), null);

        Await.until("all of the group are watched", () -> !watcher.watched().isEmpty());
        watcher.close();
        bean(Connections.class).remove(watcher);
    }

    @Test
    void a_watcher_that_cannot_be_shown_who_joined_keeps_no_other_waiting_and_is_shown_later() {
        AtomicBoolean fails = new AtomicBoolean(true);
        RecordingSubscriber failing = new RecordingSubscriber("bob@example.com", subscriptions) {
            @Override
            synchronized Subscription subscribe(String address) {
                if (fails.get()) {
                    throw new Problem(Kind.UNAVAILABLE, "the database is away");
                }
                return super.subscribe(address);
            }
        };
        RecordingSubscriber other = new RecordingSubscriber("carol@example.com", subscriptions);
        Wishes wishes = bean(Wishes.class);

        wishes.replace(failing, new Wish(Set.of(), Set.of("sales")));
        wishes.replace(other, new Wish(Set.of(), Set.of("sales")));

        assertThat(other.watched()).isNotEmpty();
        assertThat(failing.watched()).isEmpty();
        fails.set(false);
        Await.until("it was tried again", () -> failing.watched().equals(other.watched()));
        bean(Connections.class).remove(failing);
        bean(Connections.class).remove(other);
    }

    @Test
    void what_hung_on_a_node_that_died_ends_and_its_requests_are_left_waiting() {
        String node = UUID.randomUUID().toString();
        database.inTransaction(session -> {
            session.createNativeMutationQuery("insert into node (id, alive_at) values (:id, 0)")
                    .setParameter("id", node)
                    .executeUpdate();
            for (String watcher : List.of("active", "pending")) {
                session.createNativeMutationQuery("insert into subscription (account, watcher, carrier, status, event, since)"
                                + " values (:account, :watcher || '@example.com', :carrier, :watcher, 'subscribe', 1)")
                        .setParameter("account", account)
                        .setParameter("watcher", watcher)
                        .setParameter("carrier", "node:" + node)
                        .executeUpdate();
            }
            return null;
        });

        Await.until("somebody tidied up", () -> stored("select count(*) from node where id = '" + node + "'")
                .equals("0"));
        assertThat(stored("select watcher || ' ' || carrier || ' ' || status || ' ' || event || ' ' || since"
                        + " from subscription where account = '" + account + "'"))
                .isEqualTo("pending@example.com request waiting timeout 1");
    }

    @Test
    void a_list_is_delivered_to_the_topic() throws Exception {
        ConnectionFactory connections = InitialContext.doLookup("jms/connections");
        Topic topic = InitialContext.doLookup("jms/notifications");
        try (JMSContext context = connections.createContext();
                JMSConsumer consumer = context.createConsumer(
                        topic, "account = '" + account + "' AND state = 'online' AND version > 0")) {
            storeList();

            publish();

            Message message = consumer.receive(Await.PATIENCE.toMillis());
            assertThat(message).as("a message comes").isNotNull();
            NotificationMessage told = NotificationMessage.read(message);
            assertThat(told.watcher()).isEqualTo("bob@example.com");
            assertThat(told.version()).isEqualTo(1);
            assertThat(told.body()).contains("\"account\":\"" + account + '"');
        }
    }

    /** A list of Bob's that nobody delivers yet. */
    private void storeList() {
        String id = UUID.randomUUID().toString();
        long never = System.currentTimeMillis() + 1_000_000;
        database.inTransaction(session -> {
            for (String statement : List.of(
                    "insert into subscription_list (id, owner, admin, delivery, revision, created_at, expires_at)"
                            + " values (:id, 'bob@example.com', false, 'jms', 1, 1, " + never + ')',
                    "insert into subscription_list_entry (list, kind, name) values (:id, 'account', '" + account + "')",
                    "insert into list_delivery (list, format, delivered) values (:id, 'json', 0)")) {
                session.createNativeMutationQuery(statement).setParameter("id", id).executeUpdate();
            }
            return null;
        });
    }

    private String stored(String query) {
        return database.read(session -> session.createNativeQuery(query, Object.class).getSingleResult().toString());
    }

    private void publish() {
        publications
                .login(Address.parse(account).orElseThrow(), ONLINE, null, 20, null)
                .join();
    }

    private RecordingSubscriber watch() {
        RecordingSubscriber watcher = new RecordingSubscriber("bob@example.com", subscriptions);
        watcher.subscribe(account);
        return watcher;
    }

    /** What a node leaves behind that is killed between its commit and its announcement. */
    private void storeWithoutAnnouncement() {
        store("update account set version = 2 where address = '" + account + "'");
        storeGroup(account + " 2\n");
    }

    private void storeGroup(String lines) {
        database.inTransaction(session -> {
            session.createNativeMutationQuery("update change_counter set number = number + 1")
                    .executeUpdate();
            return session.createNativeMutationQuery("insert into change_group (number, committed_at, accounts)"
                            + " select number, :time, :accounts from change_counter")
                    .setParameter("time", System.currentTimeMillis())
                    .setParameter("accounts", lines)
                    .executeUpdate();
        });
    }

    private void store(String statement) {
        database.inTransaction(session -> session.createNativeMutationQuery(statement).executeUpdate());
    }
}
