// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deleted the files of keys and has no copy; nobody can speak SQL to the embedded database. */
final class LostKeysIT {
    private static final String CONFIG = "/api/v1/tenants/default/plugins/courier/config";

    @TempDir
    private Path folder;

    @Test
    void rowsAreThereAndSecretsAreSetAnew() throws Exception {
        try (Container container = run()) {
            container.drop(Product.find().example("inventory"), "inventory.jar");
            container.drop(CourierJar.write(folder), "courier.jar");
            container.awaitState("inventory", "READY");
            container.awaitState("courier", "READY");
            assertThat(container.client().post(StockKeeper.PRODUCTS, saw("1")).status())
                    .isEqualTo(201);
            assertThat(setPin(container).status()).isEqualTo(200);
        }
        Files.delete(folder.resolve("home/data/db-key"));
        Files.delete(folder.resolve("home/data/secrets-key"));

        try (Container container = run()) {
            container.awaitState("inventory", "READY");
            container.awaitState("courier", "READY");
            assertThat(container.client().post(StockKeeper.PRODUCTS, saw("2")).status())
                    .isEqualTo(201);
            assertThat(StockKeeper.stock(container.client())).containsExactly(1, 2);
            assertThat(health(container)).contains("say 'secrets forget' in the shell");
            assertThat(setPin(container).status()).isEqualTo(500);

            assertThat(new PipedShell(container).type("secrets forget")).contains("1 do not open and must be set anew");

            assertThat(health(container)).doesNotContain("secrets forget");
            assertThat(setPin(container).status()).isEqualTo(200);
            assertThat(container.client().get("/api/v1/p/courier/pin").body()).isEqualTo("pin of length 4");
        }
    }

    private Container run() throws Exception {
        return Container.start(Product.find(), folder.resolve("home"), Map.of(), "--shell")
                .awaitReady();
    }

    private static String saw(String name) {
        return "{\"name\":\"%s\",\"sku\":\"saw-%s\",\"price\":1,\"quantity\":1}".formatted(name, name);
    }

    private static Answer setPin(Container container) {
        return container.admin().send("PUT", CONFIG, "{\"pin\":\"1234\"}");
    }

    private static String health(Container container) {
        return container.admin().get("/health").body();
    }
}
