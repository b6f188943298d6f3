// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Takes files of this module's build into the jars of plugins. */
public final class ClassFiles {
    private static final String ROOT = "dev/mortise/itests/bench/";

    private ClassFiles() {}

    /** Adds every file whose path, below this product's packages or the root, begins so. */
    public static void put(Map<String, byte[]> entries, String prefix) throws IOException {
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString();
                if (name.startsWith(ROOT + prefix) || name.startsWith(prefix)) {
                    entries.put(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static Path classes() {
        try {
            return Path.of(ClassFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
