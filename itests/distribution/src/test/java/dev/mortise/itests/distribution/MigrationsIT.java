// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations from outside: tried out, watched, killed, taken back; and what is kept of a plugin until it is purged; on Debian's server. */
final class MigrationsIT {
    private static final Product PRODUCT = Product.find();
    private static final String JAR = "application/java-archive";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Container container;

    private static Operator operator;
    private static EmbeddedDatabase database;
    private static PipedShell shell;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> environment = new HashMap<>(OldestServer.environment());
        environment.putAll(Map.of("COLUMNS", "", "MORTISE_DATA_MIGRATION_REPORT_SECONDS", "1"));
        container = Container.start(PRODUCT, folder.resolve("home"), environment, "--shell")
                .awaitReady();
        container.awaitState("worker-token", "READY");
        operator = Operator.of(container);
        database = EmbeddedDatabase.of(container);
        shell = new PipedShell(container);
    }

    @Test
    void aMigrationIsTakenBackWhenThePluginDoesNotRun() throws Exception {
        operator.install(items("back", "1.0.0").withMigration("1__items.down.sql", "DROP TABLE p_back__items"));
        String down = PLUGINS + "/back/migrations/down";

        Answer running = container.admin().post(down + "?confirm=1", "");
        assertThat(running.status()).isEqualTo(409);
        assertThat(detail(running)).startsWith("Plugin 'back' runs: 1.0.0 is READY. 'uninstall back' stops it");
        assertThat(shell.type("uninstall back")).contains("'uninstall back --purge' says what that is.");

        JsonNode way = container.admin().get(down).json();
        assertThat(way.at("/steps/0/statements/0").asText()).isEqualTo("DROP TABLE p_back__items");
        assertThat(way.at("/lost/0").asText()).isEqualTo("drops 'p_back__items' with 2 rows");
        assertThat(shell.type("migration down back"))
                .contains("It drops 'p_back__items' with 2 rows.", "Confirm it with the version of the newest one, 1.");
        assertThat(database.schemasWith("p_back__items")).containsExactly("p_back");

        assertThat(shell.type("migration down back --confirm 1")).isEqualTo("Taken back of plugin 'back': 1 (items).");

        assertThat(database.schemasWith("p_back__items")).isEmpty();
        assertThat(shell.type("migration list back")).isEqualTo("No migration of plugin 'back' was applied.");
        assertThat(detail(container.admin().post(down, ""))).startsWith("No migration of plugin 'back' is applied.");
        operator.install(items("back", "1.0.1"));
        assertThat(database.schemasWith("p_back__items")).containsExactly("p_back");
        assertThat(shell.type("uninstall back")).contains("DONE");
        assertThat(detail(container.admin().post(down, ""))).contains("is not known: no release that ran brought it");
    }

    @Test
    void aDryRunShowsWhatWouldRunAndChangesNothing() throws Exception {
        operator.install(items("dry", "1.0.0"));
        PluginJar next = items("dry", "1.1.0")
                .withMigration(
                        "2__more.sql", "ALTER TABLE p_dry__items ADD COLUMN more text; UPDATE p_dry__items SET id = 7")
                .withMigration("3__bad.sql", "SELECT 1 / (SELECT count(*) - 2 FROM p_dry__items)");

        JsonNode tried = container
                .admin()
                .post("/api/v1/migrations/plan", JAR, next.bytes())
                .json();

        assertThat(tried.at("/steps").findValuesAsText("result"))
                .as("%s", tried)
                .containsExactly("RAN", "REFUSED");
        assertThat(tried.at("/problem/message").asText())
                .isEqualTo("Migration 3 (bad) of plugin 'dry' failed: division by zero. Nothing was changed.");
        assertThat(shell.type("migration plan --read " + next.writeTo(folder.resolve("dry.jar"))))
                .contains("2 more, expand, transactional: read", "ALTER TABLE p_dry__items ADD COLUMN more text");
        assertThat(history("dry")).containsExactly("1");
        assertThat(operator.plugin("dry").path("version").asText()).isEqualTo("1.0.0");
    }

    @Test
    void whatIsKilledInTheMiddleIsAllThereOrAllGoneAfterwards() throws Exception {
        operator.install(items("index", "1.0.0"));
        operator.install(items("doomed", "1.0.0"));
        shell.type("uninstall doomed");
        try (Connection busy = database.hold("index", "LOCK TABLE p_index.p_index__items IN ROW EXCLUSIVE MODE");
                Connection other =
                        database.hold("doomed", "LOCK TABLE p_doomed.p_doomed__items IN ACCESS SHARE MODE")) {
            operator.upload("", indexed().bytes());
            Wait.until("the index waits", () -> running().contains("waiting for writers"));
            assertThat(shell.type("migration running")).contains("index 2 name, for ", "waits for pid ");
            assertThat(shell.type("migration list index")).contains("Running:");
            Wait.until("the log tells of it", () -> log().contains("plugin=index migration 2 name runs for "));
            var purging = CompletableFuture.runAsync(() -> purge("doomed", "doomed"));
            Wait.until("the purge waits", () -> database.column(
                            "SELECT 'waits' FROM pg_stat_activity WHERE query LIKE '%DROP OWNED BY%' AND wait_event_type = 'Lock'")
                    .equals(List.of("waits")));
            container.kill();
            assertThat(purging.handle((done, lost) -> lost != null).get())
                    .as("nobody answered the purge")
                    .isTrue();
            container.close();
        }
        start();

        container.awaitServing("index", "1.1.0");
        assertThat(history("index")).containsExactly("1", "2");
        assertThat(database.column("SELECT indisvalid::text FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid"
                        + " WHERE c.relname = 'idx_p_index__name'"))
                .containsExactly("true");
        assertThat(database.schemasWith("p_doomed__items")).containsExactly("p_doomed");
        assertThat(history("doomed")).containsExactly("1");
        assertThat(purge("doomed", "doomed").status()).isEqualTo(200);
        assertThat(database.pluginSchemas()).doesNotContain("p_doomed");
    }

    @Test
    void whatIsKeptOfAPluginGoesWhenThatIsConfirmed() throws Exception {
        operator.install(items("kept", "1.0.0"));
        operator.install(plugin("needy").needs("kept.items", "^1.0.0").jar());

        assertThat(detail(purge("kept", "kept"))).startsWith("Plugin 'kept' runs: 1.0.0 is READY.");
        shell.type("uninstall kept --force");
        assertThat(detail(purge("kept", "kept"))).startsWith("Plugin 'kept' is needed by 'needy'");
        shell.type("uninstall needy");

        JsonNode kept = container.admin().get(PLUGINS + "/kept/holdings").json();
        assertThat(kept.path("schema").asText()).isEqualTo("p_kept");
        assertThat(kept.at("/tables/0/rows").asInt()).isEqualTo(2);
        assertThat(kept.path("roles")).hasSize(2);
        assertThat(shell.type("uninstall kept --purge"))
                .startsWith("With plugin 'kept' go: schema p_kept (p_kept__items: 2 rows, ")
                .endsWith("There is no way back. Confirm it with the id 'kept'.");
        assertThat(database.pluginSchemas()).contains("p_kept");

        assertThat(shell.type("uninstall kept --purge --confirm kept")).startsWith("Purged: schema p_kept");

        assertThat(database.pluginSchemas()).doesNotContain("p_kept");
        assertThat(database.pluginRoles()).noneMatch(role -> role.contains("_kept_"));
        assertThat(purge("kept", "kept").status()).isEqualTo(404);
        operator.install(items("kept", "1.0.0"));
        assertThat(history("kept")).containsExactly("1");
    }

    private static PluginJar items(String id, String version) {
        return VersionedJar.of(plugin(id).offers(id + ".items", "1.0.0", "GET /version"), version)
                .withMigration(
                        "1__items.sql",
                        "CREATE TABLE p_%1$s__items (id int, name text); INSERT INTO p_%1$s__items VALUES (1), (2)"
                                .formatted(id));
    }

    private static PluginJar indexed() {
        return items("index", "1.1.0")
                .withMigration(
                        "2__name__concurrent.sql",
                        "CREATE INDEX CONCURRENTLY idx_p_index__name ON p_index__items (name)");
    }

    private static String log() throws IOException {
        return Files.readString(container.home().resolve("log/mortise.log"));
    }

    private static String running() {
        return container.admin().get("/api/v1/migrations").body();
    }

    private static Answer purge(String id, String confirm) {
        return container.admin().send("DELETE", PLUGINS + "/" + id + "?purge=true&confirm=" + confirm, "");
    }

    private static String detail(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        return answer.json().path("detail").asText();
    }

    private static List<String> history(String id) {
        return database.column(
                "SELECT version::text FROM mortise._plugin_migrations WHERE plugin_id = ? ORDER BY version", id);
    }
}
