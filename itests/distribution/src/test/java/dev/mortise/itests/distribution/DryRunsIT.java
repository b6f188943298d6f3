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
import dev.mortise.testkit.PluginBuilder;
import java.net.URLEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would become of plugins, asked without changing anything. */
final class DryRunsIT {
    private static final Product PRODUCT = Product.find();
    private static final String DEPENDENCIES = "/api/v1/dependencies";

    @AutoClose
    private static Container container;

    private static Client admin;
    private static Operator operator;

    private JsonNode plugins;
    private JsonNode journal;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.awaitState("worker-token", "READY");
        admin = container.admin();
        operator = Operator.of(container);
        operator.install(VersionedJar.of(plugin("stock").offers("stock.versions", "1.0.0", "GET /version"), "1.1.0"));
        operator.install(plugin("desk").needs("stock.versions", "^1.0.0").jar());
    }

    @BeforeEach
    void look() {
        plugins = admin.get(PLUGINS).json();
        journal = admin.get(DEPLOYMENTS).json();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(admin.get(PLUGINS).json()).isEqualTo(plugins);
        assertThat(admin.get(DEPLOYMENTS).json()).isEqualTo(journal);
        assertThat(operator.served("stock")).isEqualTo("1.1.0");
    }

    @Test
    void anUpdateWouldBeMade() {
        JsonNode plan = plan(plugin("stock").version("1.2.0").offers("stock.versions"));

        assertThat(plan.path("generation").asLong()).isEqualTo(operator.generation());
        assertThat(plan.at("/groups/0/steps").toString())
                .isEqualTo("[{\"plugin\":\"stock\",\"version\":\"1.2.0\",\"action\":\"update\"}]");
        assertThat(plan.path("waiting")).isEmpty();
        assertThat(plan.path("refused")).isEmpty();
    }

    @Test
    void aNewPluginWouldBeInstalled() {
        assertThat(plan(plugin("newcomer")).at("/groups/0/steps").toString())
                .isEqualTo("[{\"plugin\":\"newcomer\",\"version\":\"1.0.0\",\"action\":\"install\"}]");
    }

    @Test
    void aPluginWithoutItsProviderWouldWait() {
        JsonNode plan = plan(plugin("wanting").needs("nobody.things", "^1.0.0"));

        assertThat(plan.at("/waiting/0/plugin").asText()).isEqualTo("wanting");
        assertThat(plan.at("/waiting/0/problems/0/code").asText()).isEqualTo("MISSING_DEPENDENCY");
    }

    @Test
    void aLowerVersionWouldBeRefused() {
        JsonNode plan = plan(plugin("stock").version("1.0.0").offers("stock.versions"));

        assertThat(plan.at("/refused/0/plugin").asText()).isEqualTo("stock");
        assertThat(plan.at("/refused/0/problems/0/message").asText()).contains("is lower than 1.1.0");
    }

    @Test
    void aMajorThatBreaksADependentWouldBeRefused() {
        JsonNode plan = plan(plugin("stock").version("2.0.0").offers("stock.versions", "2.0.0"));

        assertThat(plan.at("/refused/0/plugin").asText()).as(plan.toString()).isEqualTo("stock");
        assertThat(plan.at("/refused/0/problems").toString()).contains("desk");
        assertThat(plan.path("groups")).isEmpty();
    }

    @Test
    void aManifestIsJudgedWithoutAJar() {
        JsonNode plan = validate(plugin("ring").offers("ring.things").needs("ring.things", "^1.0.0"));

        assertThat(plan.at("/refused/0/plugin").asText()).as(plan.toString()).isEqualTo("ring");
        assertThat(plan.at("/refused/0/problems/0/code").asText()).isEqualTo("CYCLE");
        assertThat(plan.at("/refused/0/problems/0/path").toString()).isEqualTo("[\"ring\",\"ring\"]");
    }

    @Test
    void aManifestThatIsWrongIsABadRequest() {
        Answer answer = admin.post(DEPENDENCIES + "/validate", plugin("Bad Id").json());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/problems/0/pointer").asText()).isEqualTo("/id");
    }

    @Test
    void dependentsStandAgainstARemoval() {
        assertThat(admin.get(DEPENDENCIES + "/stock/dependents")
                        .json()
                        .path("dependents")
                        .toString())
                .isEqualTo("[\"desk\"]");
        JsonNode answer = admin.get(DEPENDENCIES + "/stock/can-uninstall").json();
        assertThat(answer.path("canUninstall").asBoolean(true)).isFalse();
        assertThat(answer.path("blockers").toString()).isEqualTo("[\"desk\"]");
        assertThat(admin.get(DEPENDENCIES + "/desk/can-uninstall")
                        .json()
                        .path("canUninstall")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1.2.3,^1.2.0,true", "2.0.0,^1.2.0,false", "1.3.0-rc.1,^1.2.0,false", "1.3.0,1.2.x || >=1.3.0,true"})
    void rangesAreJudged(String version, String range, boolean satisfied) {
        assertThat(satisfies(version, range).body()).isEqualTo("{\"satisfied\":" + satisfied + "}");
    }

    @ParameterizedTest
    @CsvSource({"one,*", "1.0,*", "1.0.0,not a range"})
    void malformedOnesAreBadRequests(String version, String range) {
        assertThat(satisfies(version, range).status()).isEqualTo(400);
    }

    private static JsonNode plan(PluginBuilder plugin) {
        Answer answer = operator.upload("/plan", plugin.jar().bytes());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode validate(PluginBuilder plugin) {
        Answer answer = admin.post(DEPENDENCIES + "/validate", plugin.json());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Answer satisfies(String version, String range) {
        String query = "version=" + encoded(version) + "&range=" + encoded(range);
        return admin.get(DEPENDENCIES + "/satisfies?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
