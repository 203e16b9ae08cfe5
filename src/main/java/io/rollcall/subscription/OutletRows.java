package io.rollcall.subscription;

import io.rollcall.http.Format;
import io.rollcall.webhook.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;

/** The rows of lists whose events leave the server, each statement within the caller's transaction. */
final class OutletRows {
    private OutletRows() {}

    static void insert(StatelessSession session, SubscriptionList list) {
        if (list.outlet() != null) {
            write(
                    session.createNativeMutationQuery(
                            "insert into list_delivery (list, format, max_rate, url, secret, delivered)"
                                    + " values (:list, :format, cast(:maxRate as varchar), cast(:url as varchar),"
                                    + " cast(:secret as varchar), 0)"),
                    list,
                    list.outlet());
        }
    }

    /** Writes where events go; a delivery that had ended begins anew, with everything. */
    static void replace(StatelessSession session, SubscriptionList list) {
        if (list.outlet() != null) {
            write(
                    session.createNativeMutationQuery(
                            "update list_delivery set format = :format, max_rate = cast(:maxRate as varchar),"
                                    + " url = cast(:url as varchar), secret = cast(:secret as varchar),"
                                    + " failing_since = null, error = null,"
                                    + " delivered = case when ended is null then delivered else 0 end,"
                                    + " ended = null where list = :list"),
                    list,
                    list.outlet());
        }
    }

    private static void write(MutationQuery statement, SubscriptionList list, Outlet outlet) {
        statement
                .setParameter("list", list.id())
                .setParameter("format", outlet.format().word())
                .setParameter("maxRate", outlet.maxRate(), String.class)
                .setParameter("url", outlet.url() == null ? null : outlet.url().toString(), String.class)
                .setParameter("secret", outlet.secret() == null ? null : outlet.secret().reveal(), String.class)
                .executeUpdate();
    }

    /** What a row tells from a column on: format, max_rate, url, secret, failing_since, error, ended. */
    static @Nullable Outlet outlet(Object[] row, int at) {
        if (row[at] == null) {
            return null;
        }
        return new Outlet(
                Format.ofParameter((String) row[at]),
                (String) row[at + 1],
                row[at + 2] == null ? null : URI.create((String) row[at + 2]),
                row[at + 3] == null ? null : Secret.of((String) row[at + 3]),
                row[at + 4] == null ? null : Instant.ofEpochMilli(((Number) row[at + 4]).longValue()),
                (String) row[at + 5],
                row[at + 6] == null ? null : Event.valueOf(((String) row[at + 6]).toUpperCase(Locale.ROOT)));
    }
}
