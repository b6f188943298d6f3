// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a test leaves in the folder of a container that the next one uses too. */
final class Leftovers {
    private static final String SHIPPED = "worker-token";

    private Leftovers() {}

    /** Removes every jar but the shipped one, and waits until its plugin is gone. */
    static void clear(Container container) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(container.home().resolve("plugins"), "*.jar")) {
            for (Path jar : jars) {
                if (!jar.getFileName().toString().startsWith(SHIPPED)) {
                    Files.delete(jar);
                }
            }
        }
        Wait.until(
                "only " + SHIPPED + " is left",
                () -> container
                                .admin()
                                .get("/api/v1/plugins")
                                .json()
                                .path("count")
                                .asInt()
                        == 1);
    }
}
