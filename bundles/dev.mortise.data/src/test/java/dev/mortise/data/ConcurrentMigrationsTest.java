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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConcurrentMigrationsTest {
    private static final List<Migration> MIGRATIONS = List.of(
            Plugins.first("CREATE TABLE p_inventory__a (id int); INSERT INTO p_inventory__a VALUES (1)"),
            Migration.expand(2, "second", "INSERT INTO p_inventory__a VALUES (2)"));

    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @RepeatedTest(5)
    void ofSeveralContainersRunOnce() throws Exception {
        ExecutorService containers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Outcome>> outcomes =
                    containers.invokeAll(List.of(container(), container(), container(), container()));

            int applied = 0;
            for (Future<Outcome> outcome : outcomes) {
                applied += ((Outcome.Migrated) outcome.get()).applied();
            }
            assertThat(applied).isEqualTo(2);
        } finally {
            containers.shutdownNow();
        }
        assertThat(database.text("SELECT count(*) FROM p_inventory.p_inventory__a"))
                .isEqualTo("2");
        assertThat(new PostgresPluginDatabase(database.opened()).history(new PluginId("inventory")))
                .hasSize(2);
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

    private Callable<Outcome> container() {
        return () -> {
            try (PooledDatabase own = TestDatabase.open(database.server())) {
                return new PostgresPluginDatabase(own).migrate(Plugins.identity("inventory"), MIGRATIONS, Reach.ALL);
            }
        };
    }
}
