// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build left the product: the unpacked distribution and the clone around it. */
public record Product(Path root) {
    /** Finds the clone above the working directory. */
    public static Product find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("runtime-config"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("No clone of Mortise lies above the working directory.");
            }
            folder = parent;
        }
        return new Product(folder);
    }

    /** Answers the unpacked distribution. */
    public Path distribution() {
        return root.resolve("runtime-config/distribution/target/mortise-1.0.0");
    }

    /** Answers when its jars were last put together, in milliseconds since 1970: the latest of their times. */
    public long builtAt() throws IOException {
        try (Stream<Path> files = Files.walk(distribution().resolve("system"))) {
            return files.mapToLong(file -> file.toFile().lastModified()).max().orElseThrow();
        }
    }

    /** Answers the launcher script of the distribution. */
    public Path script() {
        return distribution().resolve("bin/mortise");
    }

    /** Answers the jar of an example plugin, as the build left it. */
    public Path example(String id) {
        return root.resolve("bundles/examples/" + id + "/target/" + id + "-1.0.0.jar");
    }
}
