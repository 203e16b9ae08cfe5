package io.rollcall.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A PostgreSQL of the test's own; stopped and started again it still has what was stored. */
public final class Postgres implements AutoCloseable {
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
                "ROLLCALL_DB_PASSWORD", "postgres");
    }

    /** A connection beside those of its servers, to look at what they stored, or to get into their way. */
    public Connection connect() throws SQLException {
        return running.getPostgresDatabase().getConnection();
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
