// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Patient;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that add run before a version is switched in, migrations that take away run when nothing older is left. */
final class ContractIT {
    private static final Product PRODUCT = Product.find();
    private static final String OLD = "1.0.0";
    private static final String NEW = "1.1.0";

    @AutoClose
    private static Container container;

    private static Operator operator;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        operator = Operator.of(container);
        database = EmbeddedDatabase.of(container);
    }

    @Test
    void aContractRunsWhenTheOldVersionIsGone() throws Exception {
        operator.install(first("holding").withClasses(Patient.class));
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> container.client().get("/api/v1/p/holding/patience"));
        Wait.until("the call runs", () -> container
                .client()
                .get("/api/v1/p/holding/patience/calls")
                .body()
                .equals("1"));

        operator.upload("", second("holding").bytes());
        Wait.until("the new version serves", () -> operator.served("holding").equals(NEW));

        assertThat(held).as("the old version still answers a call").isNotDone();
        assertThat(history("holding")).containsExactly("1 expand");
        assertThat(columns("holding")).contains("colour");

        assertThat(held.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
        Wait.until("the contract is applied", () -> history("holding").equals(List.of("1 expand", "2 contract")));
        assertThat(columns("holding")).containsExactly("id");
        assertThat(operator.served("holding")).isEqualTo(NEW);
    }

    @Test
    void whatIsBehindAContractIsRefusedByName() {
        operator.install(first("behind"));
        operator.install(second("behind"));
        Wait.until("the contract is applied", () -> history("behind").size() == 2);

        Answer refused = container.admin().post(PLUGINS + "/behind/rollback?version=1.0.0&wait=true", "");

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo(
                        "Plugin 'behind' can't go to 1.0.0: contract migration 2 (no_colour) was applied, which that version does not know."
                                + " Deploy a version that contains it.");
        assertThat(refused.json().at("/problems/0/code").asText()).isEqualTo("MIGRATION");
        Answer planned = operator.upload("/plan?downgrade=true", first("behind").bytes());
        assertThat(planned.json().at("/refused/0/problems/0/code").asText())
                .as(planned.body())
                .isEqualTo("MIGRATION");
        assertThat(operator.served("behind")).isEqualTo(NEW);
        assertThat(schema("behind")).isEqualTo("{'version':'2','code':'2'}");
    }

    @Test
    void aSchemaThatIsOnlyAheadIsNoObstacle() {
        operator.install(first("ahead"));
        operator.install(next("ahead").withMigration("2__size.sql", "ALTER TABLE p_ahead__things ADD COLUMN size int"));
        assertThat(schema("ahead")).isEqualTo("{'version':'2','code':'2'}");

        operator.order("ahead", "rollback");

        assertThat(operator.served("ahead")).isEqualTo(OLD);
        assertThat(schema("ahead")).isEqualTo("{'version':'2','code':'1'}");
        assertThat(columns("ahead")).contains("size");
    }

    @Test
    void whatIsInstalledAnewRunsItsContractsToo() {
        operator.install(second("anew"));

        Wait.until("the contract is applied", () -> history("anew").equals(List.of("1 expand", "2 contract")));
        assertThat(columns("anew")).containsExactly("id");
    }

    @Test
    void anExpandMigrationThatTakesAwayFailsTheUpdate() {
        operator.install(first("greedy"));

        Answer failed = operator.upload(
                "?wait=true",
                next("greedy")
                        .withMigration("2__no_colour.sql", "ALTER TABLE p_greedy__things DROP COLUMN colour")
                        .bytes());

        assertThat(failed.json().path("state").asText()).as(failed.body()).isEqualTo("FAILED");
        assertThat(failed.body())
                .contains("Migration 2 (no_colour) of plugin 'greedy'")
                .contains("colour");
        assertThat(operator.served("greedy")).isEqualTo(OLD);
        assertThat(columns("greedy")).contains("colour");
    }

    private static PluginJar first(String id) {
        return withTable(id, OLD);
    }

    private static PluginJar next(String id) {
        return withTable(id, NEW);
    }

    private static PluginJar second(String id) {
        return next(id).withMigration(
                        "2__no_colour__contract.sql", "ALTER TABLE p_%s__things DROP COLUMN colour".formatted(id));
    }

    private static PluginJar withTable(String id, String version) {
        return VersionedJar.of(plugin(id), version)
                .withMigration(
                        "1__things.sql",
                        "CREATE TABLE p_%s__things (id bigint PRIMARY KEY, colour text)".formatted(id));
    }

    private static List<String> history(String id) {
        return database.column(
                "SELECT version || ' ' || phase FROM mortise._plugin_migrations WHERE plugin_id = ? ORDER BY version",
                id);
    }

    private static List<String> columns(String id) {
        return database.column(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
                "p_" + id + "__things");
    }

    private static String schema(String id) {
        return operator.plugin(id).path("schema").toString().replace('"', '\'');
    }
}
