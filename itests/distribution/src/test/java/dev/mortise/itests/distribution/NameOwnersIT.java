// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service name that a program elsewhere holds is no jar's, until the program leaves. */
final class NameOwnersIT {
    private static final Product PRODUCT = Product.find();

    @TempDir
    private Path folder;

    @Test
    void aJarInTheFolderComesInWhenTheProgramLeaves() throws Exception {
        try (Container container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
                RemoteInstance remote = RemoteInstance.start()) {
            Client announcer = RemoteLease.announcer(container, "stock");
            RemoteLease lease = RemoteLease.hold(
                    announcer,
                    "{\"baseUrl\":\"%s\",\"manifest\":%s}"
                            .formatted(
                                    remote.baseUrl(),
                                    plugin("stock")
                                            .offers("stock.versions", "1.0.0", "GET /version")
                                            .json()));

            Path jar = VersionedJar.of(plugin("squatter").offers("stock.versions", "1.0.0", "GET /version"), "1.0.0")
                    .writeTo(folder.resolve("squatter.jar"));
            container.drop(jar, "squatter.jar");
            container.awaitState("squatter", "REJECTED");

            assertThat(Files.readString(container.home().resolve("plugins/squatter.jar.failed")))
                    .startsWith("Service 'stock.versions' of plugin 'squatter' already belongs to plugin 'stock'");

            assertThat(lease.deregister().status()).isEqualTo(200);
            container.awaitState("squatter", "READY");
        }
    }
}
