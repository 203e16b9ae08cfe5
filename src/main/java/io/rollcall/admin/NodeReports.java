package io.rollcall.admin;

import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What all nodes tell of themselves, by way of the database: whichever node the console runs on, it shows them all. */
@ApplicationScoped
public class NodeReports {
    /** So long one that went without a word is shown as missing. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    @Inject
    private Database database;

    /** All of them, by name. */
    List<NodeReport> all() {
        return database.read(session -> session.createNativeQuery(
                        "select node, reported_at, report from node_report order by node", Object[].class)
                .getResultStream()
                .map(row -> NodeReport.of(
                        (String) row[0], Instant.ofEpochMilli(((Number) row[1]).longValue()), (String) row[2]))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList());
    }

    /** Writes one in the place of the one before it, and forgets nodes that have been missing for long. */
    void put(NodeReport report) {
        long now = report.reportedAt().toEpochMilli();
        database.inTransaction(session -> {
            int replaced = session.createNativeMutationQuery(
                            "update node_report set reported_at = :now, report = :report where node = :node")
                    .setParameter("now", now)
                    .setParameter("report", report.text())
                    .setParameter("node", report.node())
                    .executeUpdate();
            if (replaced == 0) {
                session.createNativeMutationQuery(
                                "insert into node_report (node, reported_at, report) values (:node, :now, :report)")
                        .setParameter("now", now)
                        .setParameter("report", report.text())
                        .setParameter("node", report.node())
                        .executeUpdate();
            }
            return session.createNativeMutationQuery("delete from node_report where reported_at < :old")
                    .setParameter("old", now - REMEMBERED.toMillis())
                    .executeUpdate();
        });
    }

    /** Takes away that of a node that stops. */
    void remove(String node) {
        database.inTransaction(session -> session.createNativeMutationQuery("delete from node_report where node = :node")
                .setParameter("node", node)
                .executeUpdate());
    }
}
