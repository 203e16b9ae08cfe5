package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.MixedTraffic;
import io.rollcall.client.Probe;
import io.rollcall.client.SharedCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whatever is done with it, and for however long, {@code -Drollcall.soak.minutes}: it holds no more than before. */
@Order(SharedCluster.LAST)
class SoakIT extends ClusterNodes {
    private static final int MINUTES = Integer.getInteger("rollcall.soak.minutes", 0);
    private static final int LOOKS = Math.max(4, MINUTES / 2);
    private static final Duration BETWEEN_LOOKS =
            MINUTES == 0 ? Duration.ofSeconds(4) : Duration.ofMinutes(MINUTES).dividedBy(LOOKS);

    /** What is kept for long on purpose: for a year, for a month, for two minutes. */
    private static final Set<String> KEPT = Set.of("audit_entry", "queued_login", "change_group");

    /** What comes and goes by itself. */
    private static final long SOME_BYTES = MINUTES == 0 ? 20_000_000 : 8_000_000;

    /** Pools of the container grow with what is asked of them at once, and shrink late. */
    private static final long SOME_THREADS = 50;

    private static final long SOME = 12;
    /** A stream that was left is noticed at the second sign of life that nobody takes. */
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final System.Logger log = System.getLogger(SoakIT.class.getName());
    private final List<Probe> nodes = List.of(cluster.one().probe(), cluster.two().probe());

    /** What is held when nobody does anything. */
    private record Look(List<Long> heap, List<Long> threads, List<Long> files, Map<String, Long> rows, long messages) {}

    @Test
    void nothing_that_is_done_and_over_leaves_anything_behind() throws SQLException {
        List<Look> looks = new ArrayList<>();
        List<Long> watchers = watchers();
        try (MixedTraffic traffic = new MixedTraffic(cluster)) {
            for (int i = 0; i < LOOKS; i++) {
                traffic.run(BETWEEN_LOOKS);
                Await.until("nobody is logged in any more", A_WHILE, () -> live(traffic.accounts()) == 0);
                Await.until("no more watch than before", A_WHILE, () -> areAtMost(watchers(), watchers));
                looks.add(look());
                log.log(System.Logger.Level.INFO, traffic.done() + ": " + looks.get(i));
            }
        }
        mustBeFlat(looks.subList(0, LOOKS / 2), looks.subList(LOOKS / 2, LOOKS));
    }

    /** Heap comes and goes by more than a leak would be soon: it is the least of several looks that a leak lets grow. */
    private void mustBeFlat(List<Look> early, List<Look> late) {
        String looks = early + ", then " + late;
        for (int node = 0; node < nodes.size(); node++) {
            assertThat(least(late, Look::heap, node)).as("heap, %s", looks).isLessThan(least(early, Look::heap, node) + SOME_BYTES);
            assertThat(least(late, Look::threads, node))
                    .as("threads, %s", looks)
                    .isLessThan(least(early, Look::threads, node) + SOME_THREADS);
            assertThat(least(late, Look::files, node))
                    .as("open files, %s", looks)
                    .isLessThan(least(early, Look::files, node) + SOME);
        }
        Look first = early.get(0);
        Look last = late.get(late.size() - 1);
        first.rows.forEach((table, rows) -> assertThat(last.rows.get(table)).as("%s, %s", table, looks).isLessThan(rows + SOME));
        assertThat(last.messages).as("messages, %s", looks).isLessThan(first.messages + SOME);
    }

    private static long least(List<Look> looks, Function<Look, List<Long>> what, int node) {
        return looks.stream().mapToLong(look -> what.apply(look).get(node)).min().orElseThrow();
    }

    private List<Long> watchers() {
        return nodes.stream().map(node -> node.metric("rollcall_watchers ")).toList();
    }

    /** Of those who watched before, some whom other tests left may have ended meanwhile. */
    private static boolean areAtMost(List<Long> now, List<Long> before) {
        return IntStream.range(0, now.size()).allMatch(node -> now.get(node) <= before.get(node));
    }

    private long live(List<String> accounts) {
        try {
            return number("select count(*) from presentity where account in ('" + String.join("','", accounts) + "')");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Look look() throws SQLException {
        return new Look(
                nodes.stream().map(Probe::heap).toList(),
                nodes.stream().map(Probe::threads).toList(),
                nodes.stream().map(Probe::openFiles).toList(),
                rows(),
                cluster.broker().messages());
    }

    private Map<String, Long> rows() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables()) {
            if (!KEPT.contains(table)) {
                rows.put(table, number("select count(*) from " + table));
            }
        }
        return rows;
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'public'")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }
}
