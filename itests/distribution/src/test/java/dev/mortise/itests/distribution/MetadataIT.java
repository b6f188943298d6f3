// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Greeting;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin says of itself is kept by the digest of its jar, for when it does not run. */
final class MetadataIT {
    private static final String ONE = "/api/v1/plugins/greeting";

    private static final String REFRESH = "/api/v1/tenants/default/plugins/greeting/refresh-metadata";

    @TempDir
    private Path folder;

    private Container container;
    private Client admin;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(Product.find(), folder.resolve("home"), "--shell")
                .awaitReady();
        admin = container.admin();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void drop(PluginBuilder plugin) throws Exception {
        container.drop(plugin.jar().withClasses(Greeting.class).writeTo(folder.resolve("next.jar")), "greeting.jar");
    }

    @Test
    void isFreshWhileThePluginRunsAndStaleWhenItsNextJarCannot() throws Exception {
        drop(plugin("greeting"));
        JsonNode fresh = awaited("fresh");
        assertThat(fresh.path("sha256")).isEqualTo(admin.get(ONE).json().path("sha256"));
        assertThat(fresh.path("metadata").path("version").asText()).isEqualTo("1.0.0");
        assertThat(fresh.path("metadata").path("protocol").asInt()).isEqualTo(1);
        JsonNode route = fresh.path("metadata").path("routes").path(0);
        assertThat(route.path("method").asText() + " " + route.path("path").asText())
                .isEqualTo("GET /heard");

        container.remove("greeting.jar");
        await().atMost(Duration.ofSeconds(60)).until(() -> admin.get(ONE).status() == 404);
        drop(plugin("greeting").version("2.0.0").needs("nobody", "nobody.things", "^1.0.0"));
        JsonNode stale = awaited("stale");
        assertThat(stale.path("version").asText()).isEqualTo("2.0.0");
        assertThat(stale.path("metadata")).isEqualTo(fresh.path("metadata"));
        assertThat(new PipedShell(container).type("plugin greeting")).contains("Metadata:    stale, read ");
        assertThat(admin.post(REFRESH, "").code()).isEqualTo("PLUGIN_NOT_READY");

        drop(plugin("greeting").version("2.0.1"));
        String digest = awaited("fresh").path("sha256").asText();
        assertThat(admin.post(REFRESH, "")
                        .json()
                        .path("metadata")
                        .path("version")
                        .asText())
                .isEqualTo("2.0.1");
        assertThat(EmbeddedDatabase.of(container)
                        .column("SELECT concat_ws(' ', plugin_id, version, checksum, metadata_state)"
                                + " FROM mortise.plugin_registry"))
                .contains("greeting 2.0.1 " + digest + " fresh");
    }

    private JsonNode awaited(String state) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        admin.get(ONE).json().path("metadata").path("state").asText())
                .isEqualTo(state));
        return admin.get(ONE + "/metadata").json();
    }
}
