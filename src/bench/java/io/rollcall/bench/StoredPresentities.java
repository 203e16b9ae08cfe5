package io.rollcall.bench;

import io.rollcall.bench.load.StoredNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Fills the database with presentities while the server is down. One logs in as clients do; the others are copies of
 * its rows with names of their own.
 */
final class StoredPresentities {
    private static final String PATTERN = "pattern@example.com";
    private static final String PUBLICATION =
            "{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Until 3\",\"device\":\"laptop\"}";
    private static final int CREATED = 201;

    private StoredPresentities() {}

    /** Logs in the presentity that is copied, for the longest time the server grants. */
    static void logInPattern(int port) throws IOException, InterruptedException {
        byte[] credentials = "service:service".getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + port + "/api/accounts/" + PATTERN + "/presentities?expires=86400"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(PUBLICATION))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException("the login was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /**
     * Copies the pattern.
     *
     * @param numbers the database's function that counts from one number to another
     */
    static void copy(Connection database, String numbers, int from, int to) throws SQLException {
        String address = "'" + StoredNames.ACCOUNT + "-' || n || '@example.com'";
        String tupleId = "'" + StoredNames.TUPLE + "' || n";
        copy(database, numbers, "account", "address", from, to, column -> column.equals("address") ? address : null);
        copy(database, numbers, "presentity", "account", from, to, column -> switch (column) {
            case "tuple_id" -> tupleId;
            case "account" -> address;
            case "document" -> "replace(replace(p.document, p.account, " + address + "), p.tuple_id, " + tupleId + ")";
            default -> null;
        });
    }

    /** What stands in a column of a copy; null for the pattern's own value. */
    private interface Difference {
        String of(String column);
    }

    private static void copy(
            Connection database, String numbers, String table, String key, int from, int to, Difference difference)
            throws SQLException {
        List<String> columns = columns(database, table);
        String values = columns.stream()
                .map(column -> difference.of(column) == null ? "p." + column : difference.of(column))
                .collect(Collectors.joining(", "));
        String sql = "insert into " + table + " (" + String.join(", ", columns) + ") select " + values
                + " from " + table + " p cross join " + numbers + " where p." + key + " = '" + PATTERN + "'";
        try (PreparedStatement insert = database.prepareStatement(sql)) {
            insert.setInt(1, from);
            insert.setInt(2, to - 1);
            insert.executeUpdate();
        }
    }

    private static List<String> columns(Connection database, String table) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            ResultSetMetaData description = none.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= description.getColumnCount(); i++) {
                columns.add(description.getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return columns;
        }
    }
}
