package io.rollcall.presentity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the database in one round trip, where it takes several at once: each trip costs the author of a
 * change more time than what is done there. Where it does not, they go one after the other.
 */
final class SentTogether {
    private final Connection connection;
    private final List<Statement> statements = new ArrayList<>();

    SentTogether(Connection connection) {
        this.connection = connection;
    }

    /** A statement with its parameters, in their order. */
    static final class Statement {
        private final String sql;
        private final int rows;
        private final List<Object> parameters = new ArrayList<>();

        private Statement(String sql, int rows) {
            this.sql = sql;
            this.rows = rows;
        }

        Statement number(long number) {
            parameters.add(number);
            return this;
        }

        Statement text(String text) {
            parameters.add(text);
            return this;
        }

        /** One array: what a column has in each of the rows. */
        <T> Statement texts(List<T> of, Function<T, String> column) {
            parameters.add(of.stream().map(column).toArray(String[]::new));
            return this;
        }

        /** One array: what a column has in each of the rows. */
        <T> Statement numbers(List<T> of, Function<T, @Nullable Long> column) {
            parameters.add(of.stream().map(column).toArray(Long[]::new));
            return this;
        }

        /** Binds the parameters from an index on, and gives the index after them. */
        private int bind(Connection connection, PreparedStatement to, int from) throws SQLException {
            int index = from;
            for (Object parameter : parameters) {
                if (parameter instanceof Object[] column) {
                    String type = column instanceof Long[] ? "bigint" : "varchar";
                    to.setArray(index, connection.createArrayOf(type, column));
                } else {
                    to.setObject(index, parameter);
                }
                index++;
            }
            return index;
        }

        private void check(int written) {
            if (written != rows) {
                throw new GroupStore.Outdated(written + " of " + rows + " rows were still current");
            }
        }
    }

    /**
     * Adds a statement that writes.
     *
     * @param rows how many it has to write
     */
    Statement add(String sql, int rows) {
        Statement statement = new Statement(sql, rows);
        statements.add(statement);
        return statement;
    }

    /**
     * Sends what was added.
     *
     * @throws GroupStore.Outdated if one of them wrote fewer rows
     */
    void execute() throws SQLException {
        send(null);
    }

    /**
     * Sends what was added, and a query.
     *
     * @return the one number that the query gives
     * @throws GroupStore.Outdated if one of the statements wrote fewer rows
     */
    long executeAndRead(String query) throws SQLException {
        return send(query);
    }

    private long send(@Nullable String query) throws SQLException {
        try {
            if (statements.isEmpty() && query == null) {
                return 0;
            }
            return connection.getMetaData().supportsMultipleResultSets() ? sendAtOnce(query) : sendEach(query);
        } finally {
            statements.clear();
        }
    }

    private long sendAtOnce(@Nullable String query) throws SQLException {
        String all = statements.stream().map(statement -> statement.sql).collect(Collectors.joining(";"))
                + (query == null ? "" : ";" + query);
        try (PreparedStatement together = connection.prepareStatement(all)) {
            int index = 1;
            for (Statement statement : statements) {
                index = statement.bind(connection, together, index);
            }
            together.execute();
            for (Statement statement : statements) {
                statement.check(together.getUpdateCount());
                together.getMoreResults();
            }
            return query == null ? 0 : number(together.getResultSet());
        }
    }

    private long sendEach(@Nullable String query) throws SQLException {
        for (Statement statement : statements) {
            try (PreparedStatement alone = connection.prepareStatement(statement.sql)) {
                statement.bind(connection, alone, 1);
                statement.check(alone.executeUpdate());
            }
        }
        if (query == null) {
            return 0;
        }
        try (PreparedStatement last = connection.prepareStatement(query)) {
            return number(last.executeQuery());
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
