package io.rollcall.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A PostgreSQL of the test's own; stopped and started again it still has what was stored. */
public final class Postgres implements AutoCloseable {
    /** Twice what a node has at the most, and some for the tests. */
    private static final int CONNECTIONS = 60;

    /** PostgreSQL has as many connections as it may. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final int port = FreePort.find();
    private final Path data;
    private EmbeddedPostgres running;

    private Postgres(Path data) {
        this.data = data;
    }

    /** Starts an empty one; on a machine for which there is none the test is skipped. */
    public static Postgres started() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean linux = System.getProperty("os.name").equals("Linux");
        assumeTrue(linux && List.of("amd64", "aarch64").contains(machine), "No PostgreSQL for this kind of machine");
        try {
            Path folder = Files.createDirectories(ServerProcess.data());
            Postgres postgres = new Postgres(Files.createTempDirectory(folder, "postgres-"));
            postgres.start();
            return postgres;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it again where it was, with what it has. */
    public void start() {
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", String.valueOf(CONNECTIONS))
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How a server is told to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "ROLLCALL_DB_KIND", "postgresql",
                "ROLLCALL_DB_PORT", String.valueOf(port),
                "ROLLCALL_DB_NAME", "postgres",
                "ROLLCALL_DB_USER", "postgres",
                // it takes any
                "ROLLCALL_DB_PASSWORD", "of the database");
    }

    /** A connection beside those of its servers, to look at what they stored, or to get into their way. */
    public Connection connect() throws SQLException {
        return running.getPostgresDatabase().getConnection();
    }

    /**
     * Has somebody else use up all its connections, those that its servers had too.
     *
     * @return what gives them back when it is closed
     */
    public AllConnections takeAllConnections() {
        AllConnections all = new AllConnections();
        Await.until("its servers have none left", all::areTaken);
        return all;
    }

    /** All the connections that a database has, in one hand. */
    public final class AllConnections implements AutoCloseable {
        private final List<Connection> taken = new ArrayList<>();

        /** Takes what is free; whether that is all now. Else its servers are thrown out of those they have. */
        private boolean areTaken() {
            try {
                takeFree();
                if (taken.size() == CONNECTIONS) {
                    return true;
                }
                try (Statement statement = taken.get(0).createStatement()) {
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = 'rollcall'");
                }
                return false;
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private void takeFree() throws SQLException {
            try {
                while (taken.size() < CONNECTIONS) {
                    taken.add(connect());
                }
            } catch (SQLException refused) {
                if (!TOO_MANY_CONNECTIONS.equals(refused.getSQLState())) {
                    throw refused;
                }
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    /** Has it hang: connections stay open, and nothing is answered. */
    public void pause() {
        signal("-STOP");
    }

    /** Has it go on where it was. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            List<String> command = new ArrayList<>(List.of("kill", signal, String.valueOf(pid)));
            postmaster.descendants().forEach(backend -> command.add(String.valueOf(backend.pid())));
            int status = new ProcessBuilder(command).start().onExit().join().exitValue();
            if (status != 0) {
                throw new AssertionError(command + " ended with status " + status);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends it, and with it all connections to it. */
    @Override
    public void close() {
        try {
            running.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
