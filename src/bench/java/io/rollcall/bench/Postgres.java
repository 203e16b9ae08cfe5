package io.rollcall.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of the benchmark's own, as durable as one in production. */
final class Postgres implements AutoCloseable {
    private final EmbeddedPostgres database;
    private final Path data;

    private Postgres(EmbeddedPostgres database, Path data) {
        this.database = database;
        this.data = data;
    }

    static Postgres start(Path folder, int port) throws IOException, SQLException {
        Path data = folder.resolve("postgresql");
        EmbeddedPostgres database = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgresql-binaries").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .start();
        Postgres started = new Postgres(database, data);
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database rollcall");
        }
        return started;
    }

    /** What it runs with, as it says itself. */
    String description() throws SQLException {
        return "PostgreSQL " + show("server_version") + ", fsync=" + show("fsync") + ", synchronous_commit="
                + show("synchronous_commit") + ", shared_buffers=" + show("shared_buffers");
    }

    private String show(String setting) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/rollcall", "postgres", "");
    }

    /** The process that all others of the database are children of. */
    long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    int port() {
        return database.getPort();
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
