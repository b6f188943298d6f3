// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;

import dev.mortise.itests.distribution.plugins.Courier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The plugin {@code courier} for tests that need somebody with a secret: whoever sets {@code pin} is told how long it is. */
final class CourierJar {
    private CourierJar() {}

    static Path write(Path folder) {
        return plugin("courier")
                .with(
                        "config",
                        Map.of(
                                "pin", Map.of("encrypted", true),
                                "currency", Map.of("default", "EUR"),
                                "apiKey", Map.of(),
                                "site", Map.of("scope", "container")))
                .with("auth", List.of(Map.of("id", "key", "type", "apiKey", "configField", "apiKey")))
                .jar()
                .withClasses(Courier.class)
                .writeTo(folder.resolve("courier.jar"));
    }
}
