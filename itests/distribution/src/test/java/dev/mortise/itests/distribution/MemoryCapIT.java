// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Hungry;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that takes all memory it can get takes it from its own process: that goes and is replaced, and nobody else notices. */
final class MemoryCapIT {
    private static final Product PRODUCT = Product.find();
    private static final String WORKERS = "/api/v1/workers";
    private static final double MOST_MEGABYTES_MORE = 20;

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Client client;

    @BeforeEach
    void start() throws Exception {
        Path home = folder.resolve("home");
        Files.writeString(
                Files.createDirectories(home.resolve("etc")).resolve("workers.properties"),
                "java.heap.mb = 40\njava.metaspace.mb = 32\njava.direct.mb = 12\n");
        container = Container.start(PRODUCT, home).awaitReady();
        client = container.client();
        for (String id : new String[] {"hungry", "calm"}) {
            container.drop(jar(id), id + ".jar");
        }
        for (String id : new String[] {"hungry", "calm"}) {
            container.awaitState(id, "READY");
        }
    }

    private Path jar(String id) throws IOException {
        return plugin(id).runsAs("worker").jar().withClasses(Hungry.class).writeTo(folder.resolve(id + ".jar"));
    }

    private JsonNode worker(String id) {
        JsonNode all = container.admin().get(WORKERS).json().path("workers");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("plugin").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long pid(JsonNode worker) {
        return worker.path("pid").asLong();
    }

    private Answer post(String path) {
        return client.post("/api/v1/p/hungry" + path, "");
    }

    @Test
    void onlyTheProcessThatIsFullOrLeavesIsReplaced() throws Exception {
        ProcessFigures host = new ProcessFigures(container.process().pid());
        try (LoadClient load = LoadClient.start(100, Call.get(client, "/api/v1/p/calm/alive"))) {
            Wait.until("answers", () -> load.figures().requests() > 200);
            long calm = pid(worker("calm"));
            double before = host.residentMegabytes();

            buffersAreBounded();
            for (String kind : new String[] {"/heap", "/classes", "/exit"}) {
                replaced(kind);
            }

            assertThat(host.residentMegabytes() - before).isLessThan(MOST_MEGABYTES_MORE);
            assertThat(pid(worker("calm"))).isEqualTo(calm);
            assertThat(worker("calm").path("restarts").asInt()).isZero();
            assertThat(load.end().failures()).isEmpty();
        }
    }

    private void replaced(String kind) {
        long full = pid(worker("hungry"));

        Answer answer = post(kind);

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        Wait.until(
                "the next process",
                () -> client.get("/api/v1/p/hungry/alive").body().equals("alive"));
        assertThat(pid(worker("hungry"))).isNotIn(full, 0L);
        assertThat(ProcessHandle.of(full)).isEmpty();
    }

    private void buffersAreBounded() {
        long before = pid(worker("hungry"));

        int got = Integer.parseInt(post("/buffers").body());

        assertThat(got).isBetween(1, 12);
        assertThat(client.get("/api/v1/p/hungry/alive").body()).isEqualTo("alive");
        assertThat(pid(worker("hungry"))).isEqualTo(before);
    }
}
