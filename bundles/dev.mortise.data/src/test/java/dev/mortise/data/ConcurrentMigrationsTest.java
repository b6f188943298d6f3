// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrentMigrationsTest {
    private static final List<Migration> MIGRATIONS = migrations("inventory");
    private static final int ROUNDS = Integer.getInteger("test.rounds", 5);

    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static List<Migration> migrations(String plugin) {
        String table = "p_" + plugin + "__a";
        return List.of(
                Plugins.first("CREATE TABLE %1$s (id int); INSERT INTO %1$s VALUES (1)".formatted(table)),
                Migration.expand(2, "second", "INSERT INTO " + table + " VALUES (2)"));
    }

    @Test
    void ofSeveralContainersRunOnce() throws Exception {
        ExecutorService containers = Executors.newFixedThreadPool(4);
        try (PooledDatabase first = TestDatabase.open(database.server());
                PooledDatabase second = TestDatabase.open(database.server());
                PooledDatabase third = TestDatabase.open(database.server())) {
            for (int round = 0; round < ROUNDS; round++) {
                String plugin = "shop" + round;
                List<Callable<Outcome>> all = Stream.of(first, second, third, database.opened())
                        .map(opened -> (Callable<Outcome>) () -> new PostgresPluginDatabase(opened)
                                .migrate(Plugins.identity(plugin), migrations(plugin), Reach.ALL))
                        .toList();

                int applied = 0;
                for (Future<Outcome> outcome : containers.invokeAll(all)) {
                    applied += ((Outcome.Migrated) outcome.get()).applied();
                }

                assertThat(applied).isEqualTo(2);
                assertThat(database.text("SELECT count(*) FROM p_%1$s.p_%1$s__a".formatted(plugin)))
                        .isEqualTo("2");
                assertThat(new PostgresPluginDatabase(database.opened()).history(new PluginId(plugin)))
                        .hasSize(2);
            }
        } finally {
            containers.shutdownNow();
        }
    }

    @Test
    void ofManyPluginsRunTogether() throws Exception {
        PostgresPluginDatabase plugins = new PostgresPluginDatabase(database.opened());
        List<Callable<Outcome>> all = IntStream.range(0, 24)
                .mapToObj(i -> (Callable<Outcome>) () -> plugins.migrate(
                        Plugins.identity("many" + i),
                        List.of(Plugins.first("CREATE TABLE p_many" + i + "__a (id int);"
                                + " SELECT mortise.tenant_table('p_many" + i + "__a')")),
                        Reach.ALL))
                .toList();
        ExecutorService deployer = Executors.newFixedThreadPool(12);
        try {
            for (Future<Outcome> outcome : deployer.invokeAll(all)) {
                assertThat(outcome.get()).isEqualTo(new Outcome.Migrated(1, 0));
            }
        } finally {
            deployer.shutdownNow();
        }
    }

    @Test
    void ofAContainerThatIsKilledLeaveNothingAndLetOthersProceed() throws Exception {
        Process killed = MigratingProcess.start(database);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !database.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                        .equals("0"));

        killed.destroyForcibly().waitFor();

        assertThat(new PostgresPluginDatabase(database.opened())
                        .migrate(Plugins.identity("inventory"), MIGRATIONS, Reach.ALL))
                .isEqualTo(new Outcome.Migrated(2, 0));
        assertThat(database.text("SELECT count(*) FROM p_inventory.p_inventory__a"))
                .isEqualTo("2");
    }
}
