// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays over the end of a container, gentle or not. */
final class RestartIT {
    private static final Product PRODUCT = Product.find();
    private static final String PRODUCTS = "/api/v1/p/inventory/products";

    @TempDir
    private Path folder;

    @Test
    void dataPluginsAndTokenSurviveSigterm() throws Exception {
        String token;
        try (Container first = start()) {
            token = token(first);
            first.drop(PRODUCT.example("inventory"), "inventory.jar");
            fill(first);

            assertThat(first.terminate()).isZero();
            assertThat(ServerProcesses.in(first.home())).isEmpty();
        }

        try (Container second = start()) {
            second.awaitState("inventory", "READY");

            assertThat(second.client().get(PRODUCTS).json().path("total").asInt())
                    .isEqualTo(1);
            assertThat(token(second)).isEqualTo(token);
        }
    }

    @Test
    void dataSurviveKillAndNoServerStaysBehind() throws Exception {
        try (Container first = start()) {
            first.drop(PRODUCT.example("inventory"), "inventory.jar");
            fill(first);
            assertThat(ServerProcesses.in(first.home())).isNotEmpty();

            first.kill();

            Wait.until("the server of the killed container ends", () -> ServerProcesses.in(first.home())
                    .isEmpty());
        }

        try (Container second = start()) {
            second.awaitState("inventory", "READY");

            assertThat(second.client().get(PRODUCTS).json().path("total").asInt())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/lock", "data/postgres/postmaster.pid", "data/admin-token"})
    void killedWhileItStartsItStartsAgain(String sign) throws Exception {
        try (Container first = Container.firstStart(PRODUCT, folder.resolve("home"), Map.of())) {
            Wait.until(
                    sign + " is there",
                    () -> Files.exists(folder.resolve("home").resolve(sign)));
            first.kill();
        }

        try (Container second = start()) {
            assertThat(second.admin().get("/api/v1/plugins").status()).isEqualTo(200);
            second.awaitState("worker-token", "READY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/lock", "data/cache", "data/postgres", "data/http-port"})
    void stoppedWhileItStartsItEndsInOrder(String sign) throws Exception {
        try (Container container = Container.firstStart(PRODUCT, folder.resolve("home"), Map.of())) {
            Wait.until(
                    sign + " is there",
                    () -> Files.exists(folder.resolve("home").resolve(sign)));

            assertThat(container.terminate()).isZero();
            assertThat(ServerProcesses.in(container.home())).isEmpty();
            assertThat(container.output()).doesNotContain("Exception");
        }
    }

    @Test
    void secretsAreTheOwnersAlone() throws Exception {
        try (Container container = start()) {
            Path data = container.home().resolve("data");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin-token"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(container.output()).doesNotContain("Exception");
        }
    }

    @Test
    void twoHomesDoNotDisturbEachOtherAndOneHomeHasOneContainer() throws Exception {
        try (Container one = start();
                Container other =
                        Container.start(PRODUCT, folder.resolve("other")).awaitReady()) {
            Process intruder = new ProcessBuilder(
                            PRODUCT.script().toString(),
                            "run",
                            "--home",
                            one.home().toString(),
                            "--http-port",
                            "0")
                    .redirectErrorStream(true)
                    .start();

            String words = new String(intruder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(intruder.waitFor()).isEqualTo(4);
            assertThat(words).contains(one.home().toString()).hasLineCount(1);
            assertThat(one.anonymous().get("/health/ready").status()).isEqualTo(200);
            assertThat(other.anonymous().get("/health/ready").status()).isEqualTo(200);
        }
    }

    private Container start() throws Exception {
        return Container.firstStart(PRODUCT, folder.resolve("home"), Map.of()).awaitReady();
    }

    private static void fill(Container container) {
        container.awaitState("inventory", "READY");
        assertThat(container
                        .client()
                        .post(PRODUCTS, "{\"name\":\"Saw\",\"sku\":\"saw\",\"price\":2,\"quantity\":3}")
                        .status())
                .isEqualTo(201);
    }

    private static String token(Container container) throws Exception {
        return Files.readString(container.home().resolve("data/admin-token"));
    }
}
