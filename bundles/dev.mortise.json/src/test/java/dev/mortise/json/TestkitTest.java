// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static dev.mortise.testkit.EndpointBuilder.endpoint;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.ManifestReader.Result;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the testkit builds is what the reader reads. */
class TestkitTest {
    @Test
    void readsWhatTheTestkitBuilds() {
        PluginBuilder plugin = plugin("reports")
                .version("1.2.3-rc.1+b")
                .named("Reports")
                .described("Tells \"everything\"\n")
                .host(">=1.0.0")
                .offers("reports.generator", "2.0.0", "POST /reports/generate", "GET /reports/:id")
                .offers(
                        "reports.stream",
                        "1.0.0",
                        endpoint("GET /events").streaming().open(),
                        endpoint("PUT /limit")
                                .idempotent()
                                .needing("a.b", "c.d")
                                .within(Duration.ofSeconds(3)))
                .needs("inventory.products", "^1.0.0")
                .wants("crm", "people.contacts", "*")
                .runsAs("worker", "bundle")
                .coexists();

        Result result = new SchemaManifestReader().read(plugin.json().getBytes(StandardCharsets.UTF_8));

        assertThat(result).isEqualTo(new Result.Valid(plugin.manifest()));
    }

    @Test
    void isFoundByTheTestkit() {
        assertThat(TestJson.json().read("7", Integer.class)).isEqualTo(7);
        assertThat(TestJson.lenient()).isInstanceOf(JacksonJson.class);
    }
}
