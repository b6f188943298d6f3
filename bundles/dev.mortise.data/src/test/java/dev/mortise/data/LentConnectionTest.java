// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** The pool has one connection: whatever a borrower leaves on it, the next one would meet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LentConnectionTest {
    private static final String ORDERS = "SELECT string_agg(what, ',' ORDER BY what) FROM p_shop__orders";

    private static final String SLEEPS =
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ? AND wait_event = 'PgSleep')";

    private PluginFixture shop;

    @BeforeAll
    void migrateAPlugin() throws SQLException {
        shop = new PluginFixture(TestServer.embedded(), TestLimits.withPool(1));
    }

    @AfterAll
    void close() throws SQLException {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET mortise.tenant = 'beta'",
                "SET SESSION mortise.tenant TO beta",
                "/* to */ set /* be */ mortise.tenant = 'beta' -- sure",
                "SELECT set_config('mortise.tenant', 'beta', false)",
                "SELECT 1; SET mortise.tenant = 'beta'",
                "DO $$ BEGIN PERFORM set_config('mor' || 'tise.tenant', 'beta', false); END $$",
                "RESET ALL",
                "DISCARD ALL",
                "SET search_path = pg_catalog",
                "/* /* */ */ SET search_path = pg_catalog",
                "/* /* */ */ SET U&\"mort\\0069se\".tenant = 'beta'",
                "SELECT pg_catalog.U&\"set\\005fconfig\"('search_path', 'pg_catalog', false)",
                "UPDATE pg_settings SET setting = 'pg_catalog' WHERE name = 'search_path'",
                "SELECT query_to_xml('SELECT set_' || 'config(''search_path'', ''pg_catalog'', false)', true, true, '')",
                "EXPLAIN ANALYZE SELECT set_config('search_path', 'pg_catalog', false)",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SELECT pg_advisory_lock(1)",
                "LISTEN someone",
                "BEGIN",
                "BEGIN; SET LOCAL mortise.tenant = 'beta'",
                "BEGIN; SELECT 1 / 0"
            })
    void leavesNothingToTheNextBorrower(String sql) throws Exception {
        String process = shop.as("acme", connection -> {
            String id = Sql.text(connection, "SELECT pg_backend_pid()");
            try {
                Sql.execute(connection, sql);
            } catch (SQLException e) {
                assertThat(sql).contains("1 / 0");
            }
            return id;
        });

        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");
        assertThat(shop.text("acme", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .isEqualTo("0");
        assertThat(shop.text("acme", "SHOW transaction_read_only")).isEqualTo("off");
        assertThat(shop.text("acme", "SHOW search_path")).isEqualTo("p_shop");
        assertThat(shop.text("acme", "SELECT pg_backend_pid()")).isEqualTo(process);
    }

    @Test
    void rollsBackWhatWasNotCommitted() throws Exception {
        shop.as("acme", connection -> {
            connection.setAutoCommit(false);
            return Sql.update(connection, "DELETE FROM p_shop__orders");
        });

        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");
    }

    @Test
    void isClosedQuietlyInTheMidstOfATransaction() throws Exception {
        shop.as("acme", connection -> {
            connection.setAutoCommit(false);
            Sql.execute(connection, "SET search_path = pg_catalog");
            return Sql.text(connection, "SELECT 1");
        });

        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");
    }

    @Test
    void keepsTheTenantWhenATransactionIsRolledBack() throws Exception {
        shop.as("acme", connection -> {
            connection.setAutoCommit(false);
            connection.rollback();
            return assertThat(Sql.text(connection, ORDERS)).isEqualTo("for acme");
        });
    }

    @Test
    void setsTheTenantOnlyWhenItChanges() throws Exception {
        shop.text("acme", ORDERS);
        String process = shop.text("acme", "SELECT pg_backend_pid()");

        try (Connection superuser =
                shop.database.on().superuser(shop.database.server().url())) {
            assertThat(Sql.text(
                            superuser, "SELECT query FROM pg_stat_activity WHERE pid = ?", Integer.valueOf(process)))
                    .isEqualTo("SELECT pg_backend_pid()");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {PGConnection.class, BaseConnection.class, HikariDataSource.class, Session.Holder.class})
    void cannotBeUnwrapped(Class<?> type) throws Exception {
        shop.as("acme", connection -> {
            assertThat(connection.isWrapperFor(type)).isFalse();
            assertThat(connection).isNotInstanceOf(type);
            assertThatThrownBy(() -> connection.unwrap(type)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> shop.source().unwrap(type)).isInstanceOf(SQLException.class);
            return assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        });
    }

    @Test
    void isWhatEveryWayLeadsBackTo() throws Exception {
        shop.as("acme", connection -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("SELECT tags FROM p_shop__rates");
                    ResultSet rows = prepared.executeQuery();
                    ResultSet columns = connection.getMetaData().getColumns(null, null, "p_shop__rates", null)) {
                rows.next();
                assertThat(statement.getConnection()).isSameAs(connection);
                assertThat(rows.getStatement().getConnection()).isSameAs(connection);
                assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
                assertThat(columns.getStatement().getConnection()).isSameAs(connection);
                assertThat(rows.getArray(1).getResultSet().getStatement().getConnection())
                        .isSameAs(connection);
                return assertThatThrownBy(() -> prepared.unwrap(org.postgresql.PGStatement.class))
                        .isInstanceOf(SQLException.class);
            }
        });
    }

    @Test
    void takesTheArraysThatItMade() throws Exception {
        shop.as("acme", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT code FROM p_shop__rates WHERE tags = ?")) {
                select.setArray(1, connection.createArrayOf("text", new String[] {"a", "b"}));
                return assertThat(select.executeQuery().next()).isTrue();
            }
        });
    }

    @Test
    void isOverWhenItIsClosed() throws Exception {
        Connection kept = shop.as("acme", connection -> connection);

        assertThat(kept.isClosed()).isTrue();
        assertThat(kept.isValid(1)).isFalse();
        assertThatThrownBy(kept::createStatement).hasMessageContaining("is closed; take a new one");
        kept.close();
    }

    @Test
    void takesItsStatementsWithIt() throws Exception {
        PreparedStatement kept = shop.as("acme", connection -> connection.prepareStatement(ORDERS));

        shop.as("beta", connection -> assertThatThrownBy(kept::executeQuery).isInstanceOf(SQLException.class));
        assertThat(kept.isClosed()).isTrue();
    }

    /** The driver asks the server for what it says of columns, in whatever transaction the next borrower has. */
    @Test
    void takesDescriptionsOfItsRowsWithIt() throws Exception {
        ResultSetMetaData kept = shop.as("acme", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT what FROM p_shop__orders")) {
                assertThat(statement.getMetaData().getColumnCount()).isEqualTo(1);
                return statement.executeQuery().getMetaData();
            }
        });

        shop.as("beta", connection -> {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> kept.isNullable(1)).hasMessageContaining("is closed; take a new one");
            return assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
        });
    }

    @Test
    void isReplacedAfterAnAbort() throws Exception {
        String process = shop.as("acme", connection -> {
            String id = Sql.text(connection, "SELECT pg_backend_pid()");
            connection.abort(Runnable::run);
            assertThat(connection.isClosed()).isTrue();
            return id;
        });

        assertThat(shop.text("acme", "SELECT pg_backend_pid()")).isNotEqualTo(process);
    }

    @Test
    void goesToNobodyElseWhileACallOfAnotherThreadGoesOn() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection superuser =
                shop.database.on().superuser(shop.database.server().url())) {
            String process = shop.as("acme", connection -> {
                String id = Sql.text(connection, "SELECT pg_backend_pid()");
                other.execute(() -> assertThatThrownBy(() -> Sql.text(connection, "SELECT pg_sleep(300)"))
                        .isInstanceOf(SQLException.class));
                await().until(() -> Sql.text(superuser, SLEEPS, Integer.valueOf(id)), "t"::equals);
                return id;
            });

            assertThat(shop.text("beta", "SELECT pg_backend_pid()")).isNotEqualTo(process);
            assertThat(shop.text("beta", ORDERS)).isEqualTo("for beta");
            Sql.text(superuser, "SELECT pg_terminate_backend(?)", Integer.valueOf(process));
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void carriesNoClientInfoOn() throws Exception {
        Properties info = new Properties();
        info.setProperty("ApplicationName", "shop");
        shop.as("acme", connection -> {
            connection.setClientInfo(info);
            connection.setClientInfo("ApplicationName", "shop");
            connection.setSchema("pg_catalog");
            connection.setReadOnly(true);
            return true;
        });

        assertThat(shop.text("acme", "SHOW application_name")).isEqualTo("mortise");
        assertThat(shop.text("acme", "SHOW search_path")).isEqualTo("p_shop");
        assertThat(shop.<Integer>as(
                        "acme", connection -> Sql.update(connection, "UPDATE p_shop__orders SET what = what")))
                .isEqualTo(1);
    }
}
