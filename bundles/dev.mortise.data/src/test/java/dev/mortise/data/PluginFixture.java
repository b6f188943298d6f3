// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database with tenants acme and beta, and plugin 'shop' with a table of tenants and a common one. */
final class PluginFixture implements AutoCloseable {
    private static final String TABLES = """
            CREATE TABLE p_shop__orders (id serial PRIMARY KEY, what text);
            SELECT mortise.tenant_table('p_shop__orders');
            CREATE TABLE p_shop__rates (code text PRIMARY KEY, tags text[]);
            INSERT INTO p_shop__rates VALUES ('EUR', '{a,b}');
            """;

    final TestDatabase database;
    final PooledDatabase opened;
    final PluginDataSources sources;
    private final Offer<?> offer;
    private final List<Migration> migrations = new ArrayList<>(List.of(Plugins.first(TABLES)));

    PluginFixture(TestServer server, Limits limits) throws SQLException {
        database = TestDatabase.on(server);
        database.execute(
                "INSERT INTO mortise.tenant (id, slug, name) VALUES ('acme', 'acme', 'A'), ('beta', 'beta', 'B')");
        opened = TestDatabase.open(database.server(), limits);
        assertThat(new PostgresPluginDatabase(opened).migrate(Plugins.identity("shop"), migrations, Reach.ALL))
                .isEqualTo(new Outcome.Migrated(1, 0));
        reset();
        sources = new PluginDataSources(opened);
        offer = sources.forPlugin(Plugins.scope("shop")).get(0);
    }

    /** Makes the rows what they were: one order of each tenant. */
    void reset() throws SQLException {
        database.execute("DELETE FROM p_shop.p_shop__orders; INSERT INTO p_shop.p_shop__orders (what, tenant_id)"
                + " VALUES ('for acme', 'acme'), ('for beta', 'beta')");
    }

    /** Runs one more migration, of the phase expand. */
    void migrate(String script) {
        migrations.add(Migration.expand(migrations.size() + 1, "more", script));
        assertThat(new PostgresPluginDatabase(opened).migrate(Plugins.identity("shop"), migrations, Reach.ALL))
                .isEqualTo(new Outcome.Migrated(1, 0));
    }

    DataSource source() {
        return (DataSource) offer.service();
    }

    void retire() {
        offer.close().run();
    }

    /** What a plugin does with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Lets the plugin use a connection in a call for the tenant, or for none when it is empty. */
    <T> T as(String tenant, Use<T> use) throws Exception {
        return Plugins.callFor(tenant, () -> {
            try (Connection connection = source().getConnection()) {
                return use.on(connection);
            }
        });
    }

    /** Answers the first column of the first row that the plugin sees for the tenant. */
    String text(String tenant, String sql) throws Exception {
        return as(tenant, connection -> Sql.text(connection, sql));
    }

    @Override
    public void close() throws SQLException {
        retire();
        opened.close();
        database.close();
    }
}
