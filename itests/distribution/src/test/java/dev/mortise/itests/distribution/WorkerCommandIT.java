// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that could be deployed runs elsewhere by {@code mortise worker}, and announces itself. */
final class WorkerCommandIT {
    private static final Product PRODUCT = Product.find();
    private static final String RELAYED = "/api/v1/p/desk/relay";

    @TempDir
    private Path folder;

    private int port;
    private Container container;
    private Path jar;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        container = started();
        Operator.of(container)
                .install(plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        jar = VersionedJar.of(
                        plugin("stock").runsAs("bundle", "remote").offers("stock.versions", "1.0.0", "GET /version"),
                        "1.0.0")
                .writeTo(folder.resolve("stock.jar"));
    }

    @AfterEach
    void end() throws InterruptedException {
        container.close();
    }

    @Test
    void itServesOutlivesTheCoreAndGoesInOrder() throws Exception {
        Path token = folder.resolve("token");
        Files.writeString(token, remoteToken());
        try (WorkerProgram worker = worker(token)) {
            Wait.until("another plugin reaches it", () -> relayed().status() == 200);
            assertThat(relayed().body()).startsWith("1.0.0");
            assertThat(services()).contains("\"location\":\"remote\"", "\"nodeId\":\"n-2\"");

            container.kill();
            container = started();

            Wait.until("it announced itself again", () -> relayed().status() == 200);
            assertThat(worker.alive()).isTrue();

            worker.terminate();
            assertThat(worker.exitCode()).as(worker.output()).isZero();
            assertThat(services()).doesNotContain("n-2");
            assertThat(relayed().status()).isEqualTo(503);
        }
    }

    @Test
    void aCoreThatRefusesEndsIt() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "nobody-knows-this");
        try (WorkerProgram worker = worker(token)) {
            assertThat(worker.exitCode()).as(worker.output()).isEqualTo(2);
            assertThat(worker.output()).contains("refuses the plugin", "CREDENTIALS_INVALID");
        }
    }

    @Test
    void aloneItIsThereForItsAuthor() throws Exception {
        try (WorkerProgram worker =
                WorkerProgram.start(PRODUCT, folder.resolve("alone.out"), "--plugin", jar.toString())) {
            Wait.until("it says where it is", () -> worker.output().contains("runs alone at http://127.0.0.1:"));
            worker.terminate();
            assertThat(worker.exitCode()).as(worker.output()).isZero();
        }
    }

    private WorkerProgram worker(Path token) throws IOException {
        return WorkerProgram.start(
                PRODUCT,
                folder.resolve("worker.out"),
                "--plugin",
                jar.toString(),
                "--core",
                "http://127.0.0.1:" + port,
                "--token-file",
                token.toString(),
                "--node",
                "n-2");
    }

    private Container started() throws IOException {
        Path home = folder.resolve("home");
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("process.properties"), "remote.addresses = 127.0.0.0/8\n");
        return Container.start(PRODUCT, home, "--http-port", Integer.toString(port))
                .awaitReady();
    }

    private String remoteToken() {
        Answer made = container.admin().post("/api/v1/tokens", "{\"kind\":\"remote\",\"plugin\":\"stock\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("token").asText();
    }

    private Answer relayed() {
        return container.client().get(RELAYED);
    }

    private String services() {
        return container.admin().get("/api/v1/services/list").body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
