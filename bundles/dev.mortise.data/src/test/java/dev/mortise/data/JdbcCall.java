// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** One call of JDBC with its arguments, which can be made on several connections; what it answers is a text. */
record JdbcCall(String name, Does does) {
    private static final List<String> TEXTS = List.of(
            "SELECT tenant_id, what FROM p_shop__orders ORDER BY what, id",
            "SELECT tenant_id, what FROM p_shop__orders WHERE what = ? ORDER BY id -- all of it",
            "/* mine */ SELECT count(*) FROM p_shop__orders WHERE what = ? OR price = ?;",
            "(SELECT what FROM p_shop__orders ORDER BY id LIMIT 1)",
            "VALUES (?::text, ?::int)",
            "WITH mine AS (SELECT what FROM p_shop__orders) SELECT count(*) FROM mine",
            "INSERT INTO p_shop__orders (what, price) VALUES (?, ?)",
            "INSERT INTO p_shop__orders (what, at) VALUES (?, ?::timestamptz)",
            "INSERT INTO p_shop__orders (what) VALUES ('new') RETURNING tenant_id, what",
            "INSERT INTO p_shop__orders (what, tenant_id) VALUES (?, 'beta')",
            "INSERT INTO p_shop__once VALUES (?), (?)",
            "UPDATE p_shop__orders SET price = coalesce(price, 0) + 1 WHERE what = ?",
            "UPDATE p_shop__orders SET price = ? WHERE what = ? RETURNING price",
            "DELETE FROM p_shop__orders WHERE what = ?",
            "SELECT '{\"a\": 1}'::jsonb ?? ?",
            "SELECT $tag$ ; ' ? $tag$ || ?",
            "SELECT E'\\'?', \"tenant_id\" FROM p_shop__orders WHERE what = ?",
            "SELECT 1 / ?::int",
            "SELECT missing FROM p_shop__orders",
            "SELECT 'open",
            "SELECT (1",
            "SELECT {fn now()} IS NOT NULL, {d '2020-01-01'}",
            "-- nothing");

    /** What it does. */
    @FunctionalInterface
    interface Does {
        @Nullable
        Object with(Hand hand) throws SQLException;
    }

    /** Who makes the calls: with a connection, one statement and the rows it had last. */
    static final class Hand {
        private final Connection connection;
        private final List<Statement> opened = new ArrayList<>();
        private PreparedStatement statement;
        private @Nullable ResultSet rows;

        Hand(Connection connection) throws SQLException {
            this.connection = connection;
            this.statement = connection.prepareStatement(TEXTS.get(0));
            opened.add(statement);
        }

        @Nullable
        Object take(PreparedStatement prepared) {
            opened.add(prepared);
            statement = prepared;
            return null;
        }

        String take(@Nullable ResultSet next) throws SQLException {
            rows = next;
            return read(next);
        }

        void close() throws SQLException {
            for (Statement one : opened) {
                one.close();
            }
        }
    }

    /** Makes the call, and answers what it answers, or what it throws. */
    String answer(Hand hand) {
        try {
            return name + ": " + does.with(hand);
        } catch (PSQLException e) {
            int place = e.getServerErrorMessage() == null
                    ? -1
                    : e.getServerErrorMessage().getPosition();
            return name + ": " + e.getSQLState() + " " + e.getMessage() + " at " + place;
        } catch (SQLException e) {
            return name + ": " + e.getSQLState() + " " + e.getMessage();
        } catch (RuntimeException e) {
            // the driver's own, where a statement is executed with values of one type and then of another
            return name + ": " + e;
        }
    }

    static JdbcCall any(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> prepare(TEXTS.get(random.nextInt(TEXTS.size())), random.nextInt(12));
            case 3, 4, 5 -> execution(random.nextInt(9));
            case 6, 7 -> value(random.nextInt(4), random);
            case 8 -> result(random.nextInt(12));
            default -> random.nextBoolean() ? setting(random.nextInt(12)) : onConnection(random.nextInt(14));
        };
    }

    private static JdbcCall prepare(String sql, int how) {
        return switch (how) {
            case 0 ->
                call(
                        "keys " + sql,
                        hand -> hand.take(hand.connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)));
            case 1 ->
                call(
                        "scroll " + sql,
                        hand -> hand.take(hand.connection.prepareStatement(
                                sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)));
            default ->
                call(sql, hand -> {
                    hand.take(hand.connection.prepareStatement(sql));
                    // some values at once, for most orders would else end at a missing one
                    if (how > 4) {
                        hand.statement.setString(1, "new");
                        hand.statement.setInt(2, how);
                    }
                    return null;
                });
        };
    }

    private static JdbcCall execution(int how) {
        return switch (how) {
            case 0, 1 -> call("execute", hand -> hand.statement.execute());
            case 2 -> call("executeUpdate", hand -> hand.statement.executeUpdate());
            case 3 -> call("executeLargeUpdate", hand -> hand.statement.executeLargeUpdate());
            case 4 ->
                call("executeBatch", hand -> {
                    hand.statement.addBatch();
                    return hand.statement.executeBatch().length;
                });
            case 5 ->
                call(
                        "execute, read",
                        hand -> hand.statement.execute()
                                ? hand.take(hand.statement.getResultSet())
                                : hand.statement.getUpdateCount());
            default -> call("executeQuery", hand -> hand.take(hand.statement.executeQuery()));
        };
    }

    private static JdbcCall value(int index, Random random) {
        int number = random.nextInt(3);
        String text = List.of("new", "for acme", "a").get(number);
        return switch (random.nextInt(12)) {
            case 0 -> set(index, "null", hand -> hand.statement.setNull(index, Types.VARCHAR));
            case 1 -> set(index, "null text", hand -> hand.statement.setNull(index, Types.OTHER, "text"));
            case 2, 3 -> set(index, number, hand -> hand.statement.setInt(index, number));
            case 4 -> set(index, number + "L", hand -> hand.statement.setObject(index, (long) number, Types.BIGINT));
            case 5 -> set(index, "a time", hand -> hand.statement.setTimestamp(index, new Timestamp(0)));
            case 6 -> set(index, "a date", hand -> hand.statement.setObject(index, OffsetDateTime.MIN));
            case 7 -> set(index, "an id", hand -> hand.statement.setObject(index, new UUID(1, 2)));
            case 8 -> set(index, "what is none", hand -> hand.statement.setObject(index, new Object()));
            case 9 ->
                set(
                        index,
                        "an array",
                        hand -> hand.statement.setArray(
                                index, hand.connection.createArrayOf("text", new String[] {"a"})));
            default -> set(index, text, hand -> hand.statement.setString(index, text));
        };
    }

    private static JdbcCall result(int what) {
        return switch (what) {
            case 0 -> call("getUpdateCount", hand -> hand.statement.getUpdateCount());
            case 1 -> call("getLargeUpdateCount", hand -> hand.statement.getLargeUpdateCount());
            case 2, 3 -> call("getMoreResults", hand -> hand.statement.getMoreResults());
            case 4 -> call("keep", hand -> hand.statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
            case 5, 6 -> call("getResultSet", hand -> hand.take(hand.statement.getResultSet()));
            case 7 -> call("getGeneratedKeys", hand -> read(hand.statement.getGeneratedKeys()));
            case 8 ->
                call("isClosed", hand -> hand.statement.isClosed() + " " + (hand.rows == null || hand.rows.isClosed()));
            case 9 ->
                call("rows.close", hand -> {
                    if (hand.rows != null) {
                        hand.rows.close();
                    }
                    return hand.statement.isClosed();
                });
            case 10 ->
                call("again by its rows", hand -> {
                    PreparedStatement again = hand.rows == null || hand.rows.isClosed()
                            ? hand.statement
                            : (PreparedStatement) hand.rows.getStatement();
                    again.setString(1, "for acme");
                    return hand.take(again.executeQuery());
                });
            default -> call("getWarnings", hand -> hand.statement.getWarnings());
        };
    }

    private static JdbcCall setting(int what) {
        return switch (what) {
            case 0 ->
                call(
                        "getMetaData",
                        hand -> hand.statement.getMetaData() == null
                                ? null
                                : hand.statement.getMetaData().getColumnCount());
            case 1 ->
                call(
                        "getParameterMetaData",
                        hand -> hand.statement.getParameterMetaData().getParameterCount());
            case 2 -> set(0, "fetch size", hand -> hand.statement.setFetchSize(1));
            case 3 -> set(0, "max rows", hand -> hand.statement.setMaxRows(1));
            case 4 -> set(0, "timeout", hand -> hand.statement.setQueryTimeout(60));
            case 5 -> set(0, "closeOnCompletion", hand -> hand.statement.closeOnCompletion());
            case 6, 7 -> set(0, "clearParameters", hand -> hand.statement.clearParameters());
            case 8, 9 -> set(0, "close", hand -> hand.statement.close());
            case 10 -> set(0, "cancel", hand -> hand.statement.cancel());
            default ->
                call("batch", hand -> {
                    hand.statement.addBatch();
                    return null;
                });
        };
    }

    private static JdbcCall onConnection(int what) {
        return switch (what) {
            case 0 -> set(0, "transaction", hand -> hand.connection.setAutoCommit(false));
            case 1 -> set(0, "none", hand -> hand.connection.setAutoCommit(true));
            case 2 -> set(0, "commit", hand -> hand.connection.commit());
            case 3 -> set(0, "rollback", hand -> hand.connection.rollback());
            case 4 ->
                call("savepoint", hand -> hand.connection.setSavepoint("here").getSavepointName());
            case 5 -> set(0, "read only", hand -> hand.connection.setReadOnly(true));
            case 6 ->
                call(
                        "columns",
                        hand -> read(hand.connection.getMetaData().getColumns(null, "p_shop", "p_shop__rates", "code"))
                                        .length()
                                > 0);
            case 7 -> call("getAutoCommit", hand -> hand.connection.getAutoCommit());
            default ->
                call("statement", hand -> {
                    try (Statement statement = hand.connection.createStatement()) {
                        return read(statement.executeQuery("SELECT DISTINCT tenant_id FROM p_shop__orders"));
                    }
                });
        };
    }

    private static String read(@Nullable ResultSet rows) throws SQLException {
        if (rows == null) {
            return "none";
        }
        StringBuilder read = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                read.append(rows.getString(column)).append(' ');
            }
        }
        return read.toString();
    }

    /** A call that answers nothing. */
    @FunctionalInterface
    private interface Sets {
        void with(Hand hand) throws SQLException;
    }

    private static JdbcCall set(int index, Object value, Sets sets) {
        return call(index + " = " + value, hand -> {
            sets.with(hand);
            return null;
        });
    }

    private static JdbcCall call(String name, Does does) {
        return new JdbcCall(name, does);
    }
}
