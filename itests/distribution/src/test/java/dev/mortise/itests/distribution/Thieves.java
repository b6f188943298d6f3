// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Thief;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Two plugins that try what they are told to: one is a script, one a class. */
record Thieves(Container container) {
    static final Product PRODUCT = Product.find();

    static Path script(Path folder) throws Exception {
        try (InputStream script = Objects.requireNonNull(Thieves.class.getResourceAsStream("thief.js"))) {
            return plugin("script")
                    .offers("script.deeds", "1.0.0", "POST /try", "POST /hang")
                    .with("runtime", Map.of("locations", List.of("worker"), "command", List.of("node", "thief.js")))
                    .jar()
                    .withEntry("worker/thief.js", script.readAllBytes())
                    .writeTo(folder.resolve("script.jar"));
        }
    }

    static Path ofClass(Path folder) throws Exception {
        return plugin("class").runsAs("worker").jar().withClasses(Thief.class).writeTo(folder.resolve("class.jar"));
    }

    /** Has a plugin try something; answers its process, its home, and how each of that went. */
    private JsonNode all(String plugin, String tenant, List<String> deeds) {
        Answer answer = container
                .admin()
                .tenant(tenant)
                .post(
                        "/api/v1/p/" + plugin + "/try",
                        "text/plain",
                        String.join("\n", deeds).getBytes(UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    List<String> tries(String plugin, String tenant, List<String> deeds) {
        return StreamSupport.stream(all(plugin, tenant, deeds).path("got").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    JsonNode of(String plugin, String tenant) {
        return all(plugin, tenant, List.of("list /"));
    }

    long pid(String plugin, String tenant) {
        return of(plugin, tenant).path("pid").asLong();
    }

    /** The script answers nobody any more. */
    void hang() {
        Answer answer = container.client().post("/api/v1/p/script/hang", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
