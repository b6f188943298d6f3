// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.plugins.VersionedAnswer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two majors of a provider side by side: every caller is answered by the highest version that its range admits. */
final class CoexistIT {
    private static final Product PRODUCT = Product.find();
    private static final int PER_SECOND = 100;
    private static final String FIRST = "desk-1";
    private static final String SECOND = "desk-2";

    @AutoClose
    private static Container container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        container = Container.start(PRODUCT, home.resolve("home")).awaitReady();
    }

    private final Markers markers = Markers.of(container);

    @BeforeEach
    void deploy() throws Exception {
        drop("1.0.0");
        container.drop(desk(FIRST, "^1.0.0"), "desk-1.jar");
        container.awaitState(FIRST, "READY");
        drop("2.0.0");
        container.drop(desk(SECOND, "^2.0.0"), "desk-2.jar");
        container.awaitState(SECOND, "READY");
    }

    @AfterEach
    void clear() throws Exception {
        Leftovers.clear(container);
    }

    @Test
    void everyCallerGetsItsMajor() throws Exception {
        assertThat(relayed(FIRST)).contains("1.0.0");
        assertThat(relayed(SECOND)).contains("2.0.0");
        assertThat(calledBy(FIRST)).contains("1.0.0");
        assertThat(calledBy(SECOND)).contains("2.0.0");
        assertThat(Operator.of(container).served("stock")).isEqualTo("2.0.0");
        assertThat(markers.firstLine("stock-1.jar.deployed")).startsWith("stock 1.0.0 ");
        assertThat(markers.firstLine("stock-2.jar.deployed")).startsWith("stock 2.0.0 ");
    }

    @Test
    void bothAreShownAndOffered() {
        Operator operator = Operator.of(container);

        assertThat(operator.plugin("stock").path("versions").findValuesAsText("version"))
                .containsExactlyInAnyOrder("1.0.0", "2.0.0");
        assertThat(operator.plugin("stock").path("versions"))
                .allMatch(version -> version.path("active").asBoolean()
                        && version.path("state").asText().equals("READY"));
        assertThat(operator.plugin("stock").path("services").findValuesAsText("version"))
                .containsExactly("2.0.0", "1.0.0");
        assertThat(container
                        .admin()
                        .get("/api/v1/services/discover?serviceName=stock.versions")
                        .json()
                        .path("services")
                        .findValuesAsText("version"))
                .containsExactly("2.0.0", "1.0.0");
    }

    @Test
    void updatesOfOneAreNotNoticedByTheOther() throws Exception {
        SeenVersions first = new SeenVersions();
        SeenVersions second = new SeenVersions();
        try (LoadClient ofFirst = load(FIRST, first);
                LoadClient ofSecond = load(SECOND, second)) {
            drop("1.1.0");
            Wait.until("1.1.0 answers", () -> relayed(FIRST).equals(Optional.of("1.1.0")));
            drop("2.1.0");
            Wait.until("2.1.0 answers", () -> relayed(SECOND).equals(Optional.of("2.1.0")));
            first.awaitMore(50);
            second.awaitMore(50);

            assertThat(ofFirst.end().failures()).isEmpty();
            assertThat(ofSecond.end().failures()).isEmpty();
        }
        assertThat(first.versions()).isSubsetOf("1.0.0", "1.1.0").contains("1.1.0");
        assertThat(second.versions()).isSubsetOf("2.0.0", "2.1.0").contains("2.1.0");
    }

    @ParameterizedTest
    @CsvSource({"stock-1.jar,desk-1,desk-2,2.0.0", "stock-2.jar,desk-2,desk-1,1.0.0"})
    void theEndOfOneLeavesTheOtherAlone(String jar, String orphan, String other, String version) throws Exception {
        SeenVersions seen = new SeenVersions();
        try (LoadClient load = load(other, seen)) {
            seen.awaitMore(20);
            container.remove(jar);
            container.awaitState(orphan, "WAITING");
            seen.awaitMore(100);

            assertThat(load.end().failures()).isEmpty();
        }
        assertThat(seen.versions()).containsExactly(version);
        assertThat(calledBy(other)).contains(version);
        assertThat(container.client().get("/api/v1/p/" + orphan + "/relay").status())
                .isEqualTo(503);
        assertThat(markers.firstLine(orphan + ".jar.waiting"))
                .startsWith("Version mismatch for stock.versions: requires ")
                .contains("installed " + version + ".");
    }

    @Test
    void bothComeBackAfterARestart() throws Exception {
        container.terminate();
        container = Container.start(PRODUCT, container.home()).awaitReady();

        container.awaitState(FIRST, "READY");
        container.awaitState(SECOND, "READY");
        assertThat(relayed(FIRST)).contains("1.0.0");
        assertThat(relayed(SECOND)).contains("2.0.0");
    }

    private void drop(String version) throws Exception {
        String major = version.substring(0, 1);
        Path jar = VersionedJar.of(
                        plugin("stock").coexists().offers("stock.versions", version, "GET /version"), version)
                .writeTo(folder.resolve("stock.jar"));
        container.drop(jar, "stock-" + major + ".jar");
        Wait.until("stock " + version + " is deployed", () -> markers.firstLine("stock-" + major + ".jar.deployed")
                .startsWith("stock " + version + " "));
    }

    private Path desk(String id, String range) {
        return plugin(id)
                .needs("stock.versions", range)
                .jar()
                .withClasses(Relay.class)
                .writeTo(folder.resolve(id + ".jar"));
    }

    private LoadClient load(String desk, SeenVersions seen) {
        return LoadClient.start(
                PER_SECOND,
                Call.get(container.client(), "/api/v1/p/" + desk + "/relay").expecting(seen));
    }

    /** Answers what a consumer's code gets from the service. */
    private Optional<String> relayed(String desk) {
        return VersionedAnswer.version(container.client().get("/api/v1/p/" + desk + "/relay"));
    }

    /** Answers what a consumer's credential gets from the service over HTTP. */
    private Optional<String> calledBy(String desk) {
        Client plugin = PluginClients.of(container, desk, "default");
        return VersionedAnswer.version(plugin.get("/api/v1/s/stock.versions/version"));
    }
}
