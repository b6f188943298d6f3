// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of tenants that a migration makes common ones, though their rows still say whose they are. */
class UndividedTablesTest extends DatabaseCases {
    private static final Migration FIRST = Plugins.first("""
            CREATE TABLE p_shop__orders (id int);
            SELECT mortise.tenant_table('p_shop__orders')
            """);
    private static final String WITHOUT_A_TRACE = """
            DROP POLICY tenant ON p_shop__orders; DROP POLICY owner ON p_shop__orders;
            ALTER TABLE p_shop__orders ALTER tenant_id DROP DEFAULT, NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
            """;

    @Override
    Optional<TestServer> server() {
        return Optional.of(TestServer.embedded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WITHOUT_A_TRACE,
                WITHOUT_A_TRACE + "ALTER TABLE p_shop__orders DROP CONSTRAINT p_shop__orders_tenant_id_fkey",
                "ALTER TABLE p_shop__orders DROP CONSTRAINT p_shop__orders_tenant_id_fkey",
                "ALTER TABLE p_shop__orders RENAME TO p_shop__old;"
                        + "CREATE TABLE p_shop__orders AS SELECT * FROM p_shop__old; DROP TABLE p_shop__old",
                "ALTER TABLE p_shop__orders RENAME TO p_shop__old;"
                        + "CREATE TABLE p_shop__orders (LIKE p_shop__old INCLUDING ALL); DROP TABLE p_shop__old"
            })
    void areRefused(String script) {
        assertThat(refusal(FIRST, contract(script)))
                .isEqualTo(
                        "Migration 2 (all) of plugin 'shop' would no longer divide 'p_shop__orders' by tenants, though"
                                + " column 'tenant_id' says whose its rows are; keep its policies and its foreign key, call"
                                + " mortise.tenant_table('p_shop__orders') where it is a new one, or drop the column too."
                                + " Nothing was changed. The migration before it was applied and stays.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WITHOUT_A_TRACE + "ALTER TABLE p_shop__orders DROP tenant_id",
                "DROP TABLE p_shop__orders",
                "DROP TABLE p_shop__orders; CREATE TABLE p_shop__orders (id int)",
                "ALTER TABLE p_shop__orders RENAME TO p_shop__old;"
                        + "CREATE TABLE p_shop__orders AS SELECT * FROM p_shop__old; DROP TABLE p_shop__old;"
                        + "SELECT mortise.tenant_table('p_shop__orders')",
                // holds tenants as data, and never was divided
                "CREATE TABLE p_shop__tokens (tenant_id text REFERENCES mortise.tenant (id) ON DELETE CASCADE);"
                        + "CREATE INDEX ON p_shop__tokens (tenant_id)"
            })
    void areTakenWhenTheyAreSaidToBeCommon(String script) {
        assertThat(migrate(FIRST, contract(script))).isEqualTo(new Outcome.Migrated(2, 0));
    }

    @Test
    void areRefusedOnTheWayBackToo() {
        Migration again = both(2, "again", "SELECT 1", WITHOUT_A_TRACE);
        assertThat(migrate(FIRST, again)).isEqualTo(new Outcome.Migrated(2, 0));

        assertThatThrownBy(() -> plugins.wayBack(SHOP, OptionalLong.of(1), STILL))
                .hasMessageContaining("would no longer divide 'p_shop__orders' by tenants");
    }

    private static Migration contract(String script) {
        return new Migration(2, "all", Migration.Phase.CONTRACT, script, Optional.empty());
    }
}
