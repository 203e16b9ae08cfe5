package io.rollcall;

import io.rollcall.client.Client;
import io.rollcall.client.Cluster;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.SharedCluster;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of two nodes on one PostgreSQL and one Artemis broker, with those who talk to them. */
@ExtendWith(SharedCluster.class)
abstract class ClusterNodes {
    static final String ONLINE = "{\"state\":\"online\"}";
    static final String BUSY = "{\"state\":\"busy\"}";
    static final String AWAY = "{\"state\":\"away\"}";
    static final String BOB = "bob@example.com";

    final Cluster cluster = SharedCluster.cluster();
    final Client serviceAtOne = Client.as("service", cluster.one().url());
    final Client serviceAtTwo = Client.as("service", cluster.two().url());
    final Client adminAtOne = Client.as("admin", cluster.one().url());
    final Client bobAtOne = Client.as("bob", cluster.one().url());
    final Client bobAtTwo = Client.as("bob", cluster.two().url());
    final String account = Client.newAccount();

    static List<Long> versions(Events events, String account) {
        return events.all().stream()
                .filter(event -> event.account().equals(account))
                .map(Event::version)
                .toList();
    }
}
