// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts a container that calls instances on this machine. */
final class RemoteHome {
    private RemoteHome() {}

    /** Starts it with further lines of {@code gateway.properties}. */
    static Container start(Product product, Path home, String gateway) throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("process.properties"), "remote.addresses = 10.0.0.0/8, 127.0.0.0/8\n");
        Files.writeString(etc.resolve("gateway.properties"), gateway);
        return Container.start(product, home).awaitReady();
    }
}
