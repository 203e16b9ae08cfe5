package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import io.rollcall.client.SharedCluster;
import io.rollcall.message.Destinations;
import io.rollcall.message.NotificationMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two nodes deliver to services outside, each list by one of them. */
@Order(SharedCluster.LAST)
class DeliveriesIT extends ClusterNodes {
    private static final String LISTS = "/api/subscriptions";

    @Test
    void services_are_told_over_the_broker_what_their_selector_lets_through_also_when_they_come_back() throws JMSException {
        String mine = "account = '" + account + '\'';
        String all = "all-" + UUID.randomUUID();
        String some = "some-" + UUID.randomUUID();
        String selected = mine + " AND watcher = 'bob@example.com' AND domain = 'example.com' AND event = 'presence'"
                + " AND version > 1 AND state <> 'busy' AND basic = 'open'";
        Login login = serviceAtOne.login(account, ONLINE);
        try (JMSContext context = cluster.broker().connections().createContext()) {
            JMSConsumer everything = shared(context, all, mine);
            shared(context, some, selected).close();
            bobAtTwo.post(LISTS, Client.JSON, "{\"accounts\":[\"" + account + "\"],\"delivery\":\"jms\"}").is(201);
            assertThat(next(everything).state()).isEqualTo("online");

            login = login.modify(BUSY);
            assertThat(next(everything).state()).isEqualTo("busy");
            login = login.modify(AWAY);
            NotificationMessage away = next(everything);

            assertThat(away.isPresence()).isTrue();
            assertThat(away.watcher()).isEqualTo("bob@example.com");
            assertThat(away.domain()).isEqualTo("example.com");
            assertThat(away.basic()).isEqualTo("open");
            assertThat(away.version()).isEqualTo(3);
            assertThat(away.body()).isEqualTo(bobAtOne.get(Client.presence(account)).text());
        }
        // durable, so that a service that is away misses nothing
        login.logout();
        try (JMSContext context = cluster.broker().connections().createContext()) {
            NotificationMessage offline = next(shared(context, all, mine));
            assertThat(offline.state()).isEqualTo("offline");
            assertThat(offline.basic()).isEqualTo("closed");
            JMSConsumer selective = shared(context, some, selected);
            assertThat(next(selective).version()).isEqualTo(3);
            assertThat(selective.receiveNoWait()).isNull();
        }
    }

    @Test
    void a_topics_events_come_in_pidf_too_and_tell_what_became_of_the_wish() throws JMSException {
        Client zoe = Client.as("zoe", cluster.one().url());
        serviceAtOne.login(account, ONLINE);
        try (JMSContext context = cluster.broker().connections().createContext()) {
            JMSConsumer messages = shared(context, "pidf-" + UUID.randomUUID(), "account = '" + account + '\'');
            zoe.post(LISTS, Client.JSON, "{\"accounts\":[\"" + account + "\"],\"delivery\":\"jms\",\"format\":\"pidf\"}")
                    .is(201);
            NotificationMessage pending = next(messages);
            assertThat(pending.event()).isEqualTo(NotificationMessage.SUBSCRIPTION);
            assertThat(pending.state()).isEqualTo("pending");

            adminAtOne.decide(account, "zoe@partner.example", "allow");

            assertThat(next(messages).state()).isEqualTo("active");
            assertThat(next(messages).body()).contains("entity=\"pres:" + account + '"');
        }
    }

    @Test
    void when_the_broker_is_back_services_are_told_again() throws JMSException {
        Login login = serviceAtOne.login(account, ONLINE);
        bobAtOne.post(LISTS, Client.JSON, "{\"accounts\":[\"" + account + "\"],\"delivery\":\"jms\"}").is(201);
        cluster.broker().close();
        login = login.modify(AWAY).modify(BUSY);
        cluster.broker().start();
        try (JMSContext context = cluster.broker().connections().createContext()) {
            JMSConsumer messages = shared(context, "back-" + UUID.randomUUID(), "account = '" + account + '\'');
            login.modify("{\"state\":\"online\",\"note\":\"back\"}");

            NotificationMessage told = next(messages);
            while (!told.body().contains("back")) {
                told = next(messages);
            }
        }
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    private static JMSConsumer shared(JMSContext context, String name, String selector) {
        return context.createSharedDurableConsumer(context.createTopic(Destinations.NOTIFICATIONS), name, selector);
    }

    private static NotificationMessage next(JMSConsumer consumer) throws JMSException {
        Message message = consumer.receive(Await.PATIENCE.toMillis());
        assertThat(message).as("a message comes").isNotNull();
        return NotificationMessage.read(message);
    }
}
