// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.PluginServices.Offer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two connections for the pools of all plugins. */
class ConnectionBudgetTest {
    private PluginFixture shop;
    private Offer<?> other;

    @BeforeEach
    void migrateAPlugin() throws SQLException {
        shop = new PluginFixture(TestServer.embedded(), TestLimits.withBudget(2));
        other = shop.sources.forPlugin(Plugins.scope("other")).get(0);
    }

    @AfterEach
    void close() throws SQLException {
        other.close().run();
        shop.close();
    }

    @Test
    void takesIdleConnectionsFromOtherPlugins() throws Exception {
        twoAtOnce(() -> true);
        assertThat(shop.sources.open()).isEqualTo(2);

        assertThat(use(other)).isEqualTo("1");

        assertThat(shop.sources.open()).isLessThanOrEqualTo(2);
    }

    @Test
    void saysThatAllAreInUseWhenNoneBecomesFree() throws Exception {
        twoAtOnce(() -> assertThatThrownBy(() -> use(other))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("All 2 database connections of plugins are in use"));

        assertThat(use(other)).isEqualTo("1");
    }

    private void twoAtOnce(Callable<?> meanwhile) throws Exception {
        Plugins.callFor("acme", () -> {
            try (Connection first = shop.source().getConnection();
                    Connection second = shop.source().getConnection()) {
                assertThat(first).isNotSameAs(second);
                return meanwhile.call();
            }
        });
    }

    private static String use(Offer<?> offer) throws Exception {
        return Plugins.callFor("acme", () -> {
            try (Connection connection = ((DataSource) offer.service()).getConnection()) {
                return Sql.text(connection, "SELECT 1");
            }
        });
    }
}
