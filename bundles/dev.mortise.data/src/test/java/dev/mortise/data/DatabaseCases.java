// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginData.Stillness;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Cases about plugin 'shop' in an empty database, for each server that Mortise has to do with. */
abstract class DatabaseCases {
    static final PluginId SHOP = new PluginId("shop");
    static final Stillness STILL = Optional::empty;

    TestDatabase database;
    PostgresPluginDatabase plugins;

    /** Answers the server, if it is installed. */
    abstract Optional<TestServer> server();

    @BeforeEach
    void open() throws SQLException {
        Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
        database = TestDatabase.on(server().get());
        plugins = new PostgresPluginDatabase(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    Outcome migrate(Migration... migrations) {
        return plugins.migrate(Plugins.identity("shop"), List.of(migrations), Reach.ALL);
    }

    String refusal(Migration... migrations) {
        Outcome outcome = migrate(migrations);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).problem().message();
    }

    List<Long> versions() {
        return plugins.history(SHOP).stream().map(Applied::version).toList();
    }

    PluginNames names() {
        return new PluginNames(SHOP, database.opened().id());
    }

    static Migration both(long version, String description, String up, String down) {
        return new Migration(version, description, Migration.Phase.EXPAND, up, Optional.of(down));
    }
}
