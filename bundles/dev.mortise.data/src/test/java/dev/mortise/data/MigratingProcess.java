// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process in the middle of a migration, for tests that kill it. */
public final class MigratingProcess {
    private static final String SCRIPT = "CREATE TABLE p_inventory__a (id int); SELECT pg_sleep(300)";

    private MigratingProcess() {}

    /**
     * Migrates in the database that the arguments name, and never comes to an end; with two scripts as further arguments
     * plugin 'shop' by these, of which the second is concurrent.
     */
    public static void main(String... arguments) throws SQLException {
        DatabaseServer server = new TestServer.Address(arguments[0], arguments[1], Optional.of(arguments[2]));
        try (PooledDatabase database = TestDatabase.open(server)) {
            PostgresPluginDatabase plugins = new PostgresPluginDatabase(database);
            if (arguments.length > 3) {
                plugins.migrate(
                        Plugins.identity("shop"),
                        List.of(
                                Migration.expand(1, "items", arguments[3]),
                                Migration.concurrent(2, "index", arguments[4])),
                        Reach.ALL);
            } else {
                plugins.migrate(Plugins.identity("inventory"), List.of(Migration.expand(1, "slow", SCRIPT)), Reach.ALL);
            }
        }
    }

    static Process start(TestDatabase database, String... scripts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                MigratingProcess.class.getName(),
                database.server().url(),
                database.server().user(),
                database.server().password().orElseThrow()));
        command.addAll(List.of(scripts));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
