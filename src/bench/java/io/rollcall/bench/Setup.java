package io.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One set-up of Rollcall: the packaged application in a server of its own, with its database and its broker. */
final class Setup implements AutoCloseable {
    private static final String NAME = "rollcall";
    private static final String JVM_OPTIONS = "jvm.options";

    private final Settings settings;
    private final String name;
    private final Path folder;
    private final Postgres postgres;
    private final BrokerProcess broker;
    private ServerProcess server;
    private int stored;

    private Setup(Settings settings, String name, Path folder, Postgres postgres, BrokerProcess broker) {
        this.settings = settings;
        this.name = name;
        this.folder = folder;
        this.postgres = postgres;
        this.broker = broker;
    }

    /** Prepares it, with an empty database; the server does not run yet. */
    static Setup prepare(Settings settings, String name) throws IOException, InterruptedException, SQLException {
        Path folder = settings.folder().resolve(name);
        Folders.delete(folder);
        Path server = folder.resolve("servers").resolve(NAME);
        Folders.copy(settings.project().resolve("liberty"), server);
        Folders.copy(settings.liberty().resolve("usr/shared/resources"), folder.resolve("shared/resources"));
        Files.createDirectories(server.resolve("apps"));
        Files.copy(settings.build().resolve("rollcall.war"), server.resolve("apps/rollcall.war"));
        Postgres postgres = name.equals("embedded") ? null : Postgres.start(folder, settings.port() + 2);
        BrokerProcess broker = name.equals("production") ? BrokerProcess.start(folder, settings.port() + 3) : null;
        return new Setup(settings, name, folder, postgres, broker);
    }

    String name() {
        return name;
    }

    String description() throws SQLException {
        String database = postgres == null
                ? "H2 in a file of the server, written to disk at each commit"
                : postgres.description();
        return database + (broker == null ? "; the server's own messaging" : "; Artemis in a process of its own");
    }

    ServerProcess server() throws IOException, InterruptedException {
        if (server == null) {
            server = ServerProcess.start(
                    settings.liberty(), folder, NAME, environment(), settings.port(), "/health/ready");
        }
        return server;
    }

    private void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Stops the server; it starts again with the options of the Java machine that are usual, and these. */
    void stopServer(String... options) throws IOException {
        stop();
        List<String> all = new ArrayList<>(Files.readAllLines(settings.project().resolve("liberty").resolve(JVM_OPTIONS)));
        all.addAll(List.of(options));
        Files.write(folder.resolve("servers").resolve(NAME).resolve(JVM_OPTIONS), all);
    }

    /** Sees to it that so many presentities are stored beside what others left; the server does not run meanwhile. */
    void store(int number) throws IOException, InterruptedException, SQLException {
        if (stored == 0) {
            StoredPresentities.logInPattern(server().port());
        }
        stop();
        try (Connection connection = connect()) {
            String numbers = postgres == null ? "(select x as n from system_range(?, ?)) as numbers"
                    : "generate_series(?, ?) as n";
            StoredPresentities.copy(connection, numbers, stored, number);
            if (postgres != null) {
                connection.createStatement().execute("vacuum analyze");
            }
        }
        stored = number;
    }

    private Connection connect() throws SQLException {
        return postgres == null
                ? DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/rollcall"), "rollcall", "")
                : postgres.connect();
    }

    /** Whose processor time counts, as a plan has it: the server, database and broker where they are not in it. */
    Map<String, Object> processes() throws IOException, InterruptedException {
        List<String> others = new ArrayList<>();
        if (postgres != null) {
            others.add(Long.toString(postgres.pid()));
        }
        if (broker != null) {
            others.add(Long.toString(broker.pid()));
        }
        return Map.of("serverPid", server().pid(), "otherPids", String.join(",", others));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("ROLLCALL_DB_KIND", postgres == null ? "embedded" : "postgresql");
        environment.put("ROLLCALL_JMS_KIND", broker == null ? "embedded" : "artemis");
        // the limit is looked at, but never reached: few accounts stand for many here
        environment.put("ROLLCALL_LIMITS_PUBLICATIONS", "1000");
        environment.put("ROLLCALL_LIMITS_USER_CONNECTIONS", "0");
        environment.put("ROLLCALL_DATA", folder.resolve("data").toString());
        environment.put("ROLLCALL_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("ROLLCALL_HTTPS_PORT", Integer.toString(settings.port() + 1));
        if (postgres != null) {
            environment.put("ROLLCALL_DB_PORT", Integer.toString(postgres.port()));
            environment.put("ROLLCALL_DB_USER", "postgres");
        }
        if (broker != null) {
            environment.put("ROLLCALL_JMS_PORT", Integer.toString(broker.port()));
        }
        return environment;
    }

    @Override
    public void close() throws IOException {
        stop();
        if (broker != null) {
            broker.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
