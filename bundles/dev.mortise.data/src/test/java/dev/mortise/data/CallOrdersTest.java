// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Calls JDBC in many orders, through one connection that is lent to two tenants, and on a plain one in a database with the
 * same rows, which is bound before. Both must answer the same, word by word.
 */
class CallOrdersTest {
    private static final long SEED = 42;
    private static final int LOANS = 800;
    private static final int CALLS = 12;
    private static final String MORE = "ALTER TABLE p_shop__orders ADD COLUMN price int, ADD COLUMN at timestamptz;"
            + " CREATE TABLE p_shop__once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);"
            + " SELECT mortise.tenant_table('p_shop__once')";

    abstract static class Cases {
        abstract Optional<TestServer> server();

        @Test
        void areAnsweredAsOnAPlainConnection() throws SQLException {
            Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
            try (PluginFixture shop = fixture();
                    WatchedLoans loans = new WatchedLoans(shop);
                    PluginFixture other = fixture();
                    WatchedLoans others = new WatchedLoans(other);
                    Connection plain = others.plain()) {
                Random random = new Random(SEED);
                int carried = 0;
                for (int loan = 0; loan < LOANS; loan++) {
                    String tenant = List.of("acme", "beta", "").get(random.nextInt(5) / 2);
                    List<JdbcCall> calls = IntStream.range(0, 1 + random.nextInt(CALLS))
                            .mapToObj(n -> JdbcCall.any(random))
                            .toList();

                    List<String> expected = onPlain(plain, tenant, calls);
                    List<String> answers = new ArrayList<>();
                    try (Connection lent = loans.lend(tenant)) {
                        JdbcCall.Hand hand = new JdbcCall.Hand(lent);
                        calls.forEach(call -> answers.add(call.answer(hand)));
                    }

                    assertThat(answers).as("loan %s for '%s'", loan, tenant).isEqualTo(expected);
                    carried += loans.executed().stream().anyMatch(text -> text.startsWith("BIND;")) ? 1 : 0;
                }
                assertThat(carried).isGreaterThan(LOANS / 8);
            }
        }

        private PluginFixture fixture() throws SQLException {
            PluginFixture shop = new PluginFixture(server().get(), TestLimits.withPool(1));
            shop.migrate(MORE);
            return shop;
        }

        private static List<String> onPlain(Connection plain, String tenant, List<JdbcCall> calls) throws SQLException {
            Sql.text(plain, "SELECT set_config('mortise.tenant', ?, false)", tenant);
            JdbcCall.Hand hand = new JdbcCall.Hand(plain);
            List<String> answers = calls.stream().map(call -> call.answer(hand)).toList();
            hand.close();
            if (!plain.getAutoCommit()) {
                plain.rollback();
            }
            plain.setAutoCommit(true);
            plain.setReadOnly(false);
            plain.clearWarnings();
            return answers;
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
