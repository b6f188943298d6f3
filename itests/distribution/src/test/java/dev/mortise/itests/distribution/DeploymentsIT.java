// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.DEPLOYMENTS;
import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are deployed, taken away and brought back over HTTP. */
final class DeploymentsIT {
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    private static Client admin;
    private static Operator operator;

    @TempDir
    private Path made;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        operator = Operator.of(container);
    }

    @Test
    void whoWaitsForAnUploadGetsItsDeployment() {
        JsonNode first = operator.install(jar("raw", "1.0.0"));

        assertThat(first.path("id").asText()).isNotEmpty();
        assertThat(first.path("trigger").asText()).isEqualTo("API");
        assertThat(first.path("finishedAt").asText())
                .isGreaterThanOrEqualTo(first.path("startedAt").asText());
        assertThat(first.path("groups")).hasSize(1);
        assertThat(first.at("/groups/0/state").asText()).isEqualTo("DONE");
        assertThat(members(first)).isEqualTo("[{'id':'raw','to':'1.0.0'}]");
        assertThat(first.path("leaks").isArray()).isTrue();
        assertThat(operator.served("raw")).isEqualTo("1.0.0");

        JsonNode second = operator.install(jar("raw", "1.1.0"));

        assertThat(members(second)).isEqualTo("[{'id':'raw','from':'1.0.0','to':'1.1.0'}]");
        assertThat(second.path("generation").asLong())
                .isGreaterThan(first.path("generation").asLong());
        assertThat(operator.served("raw")).isEqualTo("1.1.0");
    }

    @Test
    void aDeploymentTellsItsSteps() {
        operator.install(jar("stepping", "1.0.0"));
        JsonNode steps = operator.install(jar("stepping", "1.1.0").withMigration("1__nothing.sql", "SELECT 1"))
                .path("steps");

        assertThat(steps.findValuesAsText("phase"))
                .containsSubsequence("PLAN", "INSTALL", "MIGRATE", "START", "PROBE", "SWITCH", "DRAIN", "RETIRE");
        assertThat(steps.findValuesAsText("plugin")).containsOnly("stepping");
        assertThat(steps.findValuesAsText("state")).containsOnly("DONE");
        assertThat(steps).allMatch(step -> step.path("ms").isIntegralNumber());
    }

    @Test
    void aFormIsTakenToo() {
        Operator.done(operator.uploadForm(jar("formed", "1.0.0").bytes(), "formed-1.0.0.jar"));

        assertThat(operator.served("formed")).isEqualTo("1.0.0");
    }

    @Test
    void whoDoesNotWaitIsToldWhereToLook() {
        Answer taken = operator.upload("", jar("followed", "1.0.0").bytes());

        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        assertThat(location(taken))
                .isEqualTo(DEPLOYMENTS + "/" + taken.json().path("deploymentId").asText());
        operator.awaitDone(location(taken));
        assertThat(operator.served("followed")).isEqualTo("1.0.0");
    }

    @Test
    void whatWaitsIsDoneAndSaysWhatFor() {
        JsonNode deployment = operator.install(
                plugin("patient").needs("nobody.things", "^1.0.0").jar());

        assertThat(deployment.at("/groups/0/reason").asText())
                .startsWith("Missing required dependency 'nobody.things' (^1.0.0) of plugin 'patient'");
    }

    @Test
    void whatFailsLeavesTheOldVersionServing() {
        operator.install(jar("unlucky", "1.0.0"));

        Answer answer = operator.upload(
                "?wait=true", BrokenUpdate.throwing("unlucky").jar().bytes());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(answer.json().at("/groups/0/reason").asText()).contains("the activator has no luck");
        assertThat(operator.served("unlucky")).isEqualTo("1.0.0");
    }

    @Test
    void aRefusalNamesItsProblemsAndTheGeneration() {
        operator.install(jar("settled", "1.1.0"));

        Answer twin = operator.upload(
                "?wait=true", plugin("settled").version("1.1.0").jar().bytes());
        Answer lower = operator.upload("?wait=true", jar("settled", "1.0.0").bytes());

        assertThat(twin.body()).contains("settled 1.1.0 is already here with other content (sha256 ");
        assertThat(lower.body()).contains("settled 1.0.0 is lower than 1.1.0");
        for (Answer refused : List.of(twin, lower)) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("CONFLICT");
            assertThat(refused.json().at("/problems/0/code").asText()).isEqualTo("CLASH");
            assertThat(refused.json().path("generation").asLong()).isEqualTo(operator.generation());
        }
        assertThat(operator.served("settled")).isEqualTo("1.1.0");
    }

    @Test
    void whoSaysSoGoesDown() {
        operator.install(jar("falling", "1.1.0"));

        Operator.done(operator.upload(
                "?downgrade=true&wait=true", jar("falling", "1.0.0").bytes()));

        assertThat(operator.served("falling")).isEqualTo("1.0.0");
    }

    @Test
    void whoComesWhileThePluginChangesIsRefused() {
        operator.install(jar("busy", "1.0.0"));
        Answer first = operator.upload(
                "",
                jar("busy", "1.1.0")
                        .withMigration("1__nap.sql", "SELECT pg_sleep(3)")
                        .bytes());
        Wait.until("it migrates", () -> operator.plugin("busy")
                .path("versions")
                .findValuesAsText("state")
                .contains("MIGRATING"));

        Answer second = operator.upload("", jar("busy", "1.0.5").bytes());

        assertThat(second.status()).as(second.body()).isEqualTo(409);
        assertThat(second.body())
                .contains("Plugin 'busy' is being changed by deployment "
                        + first.json().path("deploymentId").asText());
        assertThat(second.json().path("generation").isIntegralNumber()).isTrue();
        operator.awaitDone(location(first));
        assertThat(operator.served("busy")).isEqualTo("1.1.0");
    }

    @Test
    void whatIsNoPluginIsABadRequest() {
        Answer text = operator.upload("?wait=true", "This is no jar.".getBytes(UTF_8));
        Answer bundle = operator.upload(
                "?wait=true", plugin("hollow").jar().without("plugin.json").bytes());
        Answer manifest = operator.upload("?wait=true", plugin("Bad Id").jar().bytes());

        for (Answer answer : List.of(text, bundle, manifest)) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json().path("problems")).isNotEmpty();
        }
        assertThat(text.body()).contains("zip file");
        assertThat(bundle.body()).contains("plugin.json is missing at its root.");
        assertThat(manifest.json().at("/problems/0/pointer").asText()).isEqualTo("/id");
    }

    @Test
    void aProviderIsRemovedOnlyByForce() {
        operator.install(VersionedJar.of(plugin("needed").offers("needed.things", "1.0.0", "GET /version"), "1.0.0"));
        operator.install(plugin("needing").needs("needed.things", "^1.0.0").jar());

        Answer refused = admin.send("DELETE", PLUGINS + "/needed?wait=true", "");

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().path("blockers").toString()).isEqualTo("[\"needing\"]");
        assertThat(operator.served("needed")).isEqualTo("1.0.0");

        JsonNode removal = Operator.done(admin.send("DELETE", PLUGINS + "/needed?force=true&wait=true", ""));

        assertThat(members(removal)).isEqualTo("[{'id':'needed','from':'1.0.0'}]");
        assertThat(admin.get(PLUGINS + "/needed").status()).isEqualTo(404);
        container.awaitState("needing", "WAITING");
        assertThat(admin.send("DELETE", PLUGINS + "/needed", "").status()).isEqualTo(404);
    }

    @Test
    void theWayBackIsOneOrder() {
        operator.install(jar("returning", "1.0.0"));
        operator.install(jar("returning", "1.1.0"));

        JsonNode back = operator.order("returning", "rollback");

        assertThat(members(back)).isEqualTo("[{'id':'returning','from':'1.1.0','to':'1.0.0'}]");
        assertThat(operator.served("returning")).isEqualTo("1.0.0");

        Operator.done(admin.post(PLUGINS + "/returning/rollback?wait=true", "{\"version\":\"1.1.0\"}"));
        assertThat(operator.served("returning")).isEqualTo("1.1.0");
    }

    @Test
    void whoGoesBackToNothingIsToldWhatIsKept() {
        operator.install(jar("pathless", "1.0.0"));
        Answer alone = admin.post(PLUGINS + "/pathless/rollback", "");
        operator.install(jar("pathless", "1.1.0"));
        operator.install(jar("pathless", "1.2.0"));

        Answer unknown = admin.post(PLUGINS + "/pathless/rollback?version=7.0.0", "");

        assertThat(List.of(alone.code(), unknown.code())).containsOnly("CONFLICT");
        assertThat(alone.body())
                .contains("No version of plugin 'pathless' that ran before is kept. There is none to go back to.");
        assertThat(unknown.body())
                .contains("Version 7.0.0 of plugin 'pathless' is not kept. It can go back to: 1.1.0, 1.0.0.");
        assertThat(operator.served("pathless")).isEqualTo("1.2.0");
        assertThat(admin.post(PLUGINS + "/nobody/rollback", "").code()).isEqualTo("PLUGIN_NOT_FOUND");
    }

    @Test
    void aPluginIsStartedAnew() {
        operator.install(jar("again", "1.0.0"));
        String since = operator.plugin("again").path("since").asText();

        operator.order("again", "restart");

        assertThat(operator.plugin("again").path("since").asText()).isGreaterThan(since);
        assertThat(operator.served("again")).isEqualTo("1.0.0");
    }

    @Test
    void theJournalTellsWhatAskedForEachDeployment() throws Exception {
        container.drop(GeneratedPlugin.of("told", "1.0.0").write(made.resolve("told")), "told.jar");
        container.awaitServing("told", "1.0.0");
        operator.install(jar("told", "1.1.0"));
        operator.order("told", "rollback");

        assertThat(operator.journal("told"))
                .extracting(one -> one.path("trigger").asText())
                .containsExactly("ROLLBACK", "API", "FOLDER");
        operator.journal("told")
                .forEach(one ->
                        operator.awaitDone(DEPLOYMENTS + "/" + one.path("id").asText()));
        assertThat(admin.get(DEPLOYMENTS + "?limit=2").json().path("deployments"))
                .hasSize(2);
        assertThat(admin.get(DEPLOYMENTS + "/nothing").status()).isEqualTo(404);
    }

    private static PluginJar jar(String id, String version) {
        return VersionedJar.of(plugin(id), version);
    }

    private static String location(Answer taken) {
        return taken.headers().firstValue("Location").orElseThrow(() -> new AssertionError(taken.body()));
    }

    private static String members(JsonNode deployment) {
        return deployment.at("/groups/0/plugins").toString().replace('"', '\'');
    }
}
