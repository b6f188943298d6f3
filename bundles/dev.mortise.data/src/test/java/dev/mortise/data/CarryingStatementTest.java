// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection, two tenants: the first statement of a loan binds the tenant, and nobody else's is ever bound. */
class CarryingStatementTest {
    abstract static class Cases {
        private static final String ORDERS = "SELECT what FROM p_shop__orders";

        private PluginFixture shop;
        private WatchedLoans loans;

        abstract Optional<TestServer> server();

        @BeforeEach
        void lendToAcme() throws SQLException {
            Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
            shop = new PluginFixture(server().get(), TestLimits.withPool(1));
            loans = new WatchedLoans(shop);
            assertThat(orders("acme")).isEqualTo("for acme");
        }

        @AfterEach
        void close() throws SQLException {
            if (shop != null) {
                loans.close();
                shop.close();
            }
        }

        @Test
        void takesTheBindingAlongOnce() throws SQLException {
            try (Connection connection = loans.lend("beta")) {
                assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
                assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
            }
            assertThat(loans.executed()).containsExactly("BIND;" + ORDERS, ORDERS);

            assertThat(orders("beta")).isEqualTo("for beta");
            assertThat(loans.executed()).containsExactly(ORDERS);
        }

        @Test
        void takesItAlongWhereThereIsNoTenant() throws SQLException {
            try (Connection connection = loans.lend("")) {
                assertThat(Sql.text(connection, "SELECT count(*) FROM p_shop__orders"))
                        .isEqualTo("0");
            }
        }

        @Test
        void bindsNothingWhenNothingIsExecuted() throws SQLException {
            try (Connection connection = loans.lend("beta");
                    PreparedStatement statement = connection.prepareStatement(ORDERS + " WHERE what = ?")) {
                statement.setString(1, "for acme");
                assertThat(connection.getAutoCommit()).isTrue();
            }
            assertThat(loans.executed()).isEmpty();

            assertThat(orders("acme")).isEqualTo("for acme");
            assertThat(loans.executed()).containsExactly(ORDERS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT 1 / (SELECT 0)",
                    "SELECT 'never closed",
                    "SELECT \"never closed",
                    "SELECT $$never closed",
                    "SELECT (1",
                    "SELECT 1 /* never closed",
                    "SELECT missing FROM p_shop__orders",
                    "INSERT INTO p_shop__orders (what, tenant_id) VALUES ('x', 'acme')",
                    "INSERT INTO p_shop__once VALUES (1), (1)"
                })
        void countsAsNotBoundAfterAFault(String failing) throws SQLException {
            shop.migrate("CREATE TABLE p_shop__once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            try (Connection connection = loans.lend("beta")) {
                assertThatThrownBy(() -> Sql.text(connection, failing)).isInstanceOf(SQLException.class);
                assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
            }
            assertThat(loans.executed()).endsWith("BIND;" + ORDERS);

            try (Connection connection = loans.lend("acme")) {
                assertThatThrownBy(() -> Sql.text(connection, failing)).isInstanceOf(SQLException.class);
            }
            assertThat(orders("beta")).isEqualTo("for beta");
            assertThat(orders("acme")).isEqualTo("for acme");
        }

        @Test
        void staysBoundWhenATransactionIsRolledBack() throws SQLException {
            try (Connection connection = loans.lend("beta");
                    PreparedStatement statement = connection.prepareStatement(ORDERS)) {
                connection.setAutoCommit(false);
                statement.executeQuery();
                connection.rollback();
                assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
            }
            assertThat(loans.executed()).containsExactly("BIND", ORDERS, ORDERS);
            assertThat(orders("beta")).isEqualTo("for beta");
        }

        @Test
        void isTheStatementThatItsRowsLeadTo() throws SQLException {
            String sql = "SELECT what FROM p_shop__orders WHERE what LIKE ?";
            try (Connection connection = loans.lend("beta");
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, "%");
                ResultSet rows = statement.executeQuery();
                assertThat(rows.getStatement()).isSameAs(statement);

                ((PreparedStatement) rows.getStatement()).setString(1, "for acme");
                assertThat(statement.executeQuery().next()).isFalse();
                assertThat(rows.isClosed()).isTrue();
            }
            assertThat(orders("beta")).isEqualTo("for beta");
        }

        @Test
        void bindsBeforeAValueThatTheDriverAsksTheServerAbout() throws SQLException {
            try (Connection connection = loans.lend("beta");
                    PreparedStatement statement =
                            connection.prepareStatement("SELECT code FROM p_shop__rates WHERE tags = ?::text[]")) {
                statement.setObject(1, new String[] {"a", "b"});
                assertThat(statement.executeQuery().next()).isTrue();
            }
            assertThat(loans.executed()).startsWith("BIND");
        }

        /** The driver prepares texts on the server from the fifth time on, and pairs that don't fit any more it gives up. */
        @Test
        void fitsTablesThatChangeMeanwhile() throws SQLException {
            String all = "SELECT * FROM p_shop__orders";
            for (int i = 0; i < 12; i++) {
                columns(i % 2 == 0 ? "beta" : "acme", all);
            }

            shop.migrate("ALTER TABLE p_shop__orders ADD COLUMN more int");

            assertThat(columns("beta", all)).isEqualTo(4);
            assertThat(loans.executed()).containsExactly("BIND;" + all, "DISCARD ALL", "BIND", all);
            assertThat(columns("acme", all)).isEqualTo(4);
            assertThat(loans.executed()).containsExactly("BIND;" + all);
        }

        @Test
        void isCancelledLikeAnyOther() throws Exception {
            try (Connection connection = loans.lend("beta");
                    PreparedStatement statement = connection.prepareStatement("SELECT pg_sleep(100)")) {
                CompletableFuture<Void> asleep = CompletableFuture.runAsync(
                        () -> assertThatThrownBy(statement::execute).hasMessageContaining("user request"));
                await().until(() -> {
                    statement.cancel();
                    return asleep.isDone();
                });
                asleep.join();
                assertThat(Sql.text(connection, ORDERS)).isEqualTo("for beta");
            }
            assertThat(loans.executed()).containsExactly("BIND;SELECT pg_sleep(100)", "BIND;" + ORDERS);
        }

        private int columns(String tenant, String sql) throws SQLException {
            try (Connection connection = loans.lend(tenant);
                    PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                return rows.getMetaData().getColumnCount();
            }
        }

        private String orders(String tenant) throws SQLException {
            try (Connection connection = loans.lend(tenant)) {
                return Sql.text(connection, ORDERS);
            }
        }
    }

    @Nested
    class OnTheServerThatIsBrought extends Cases {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }
    }

    @Nested
    class OnPostgres15 extends Cases {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }
}
