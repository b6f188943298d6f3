// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A folder for the framework, owner-only, that goes with the process. */
final class PrivateFolder {
    private PrivateFolder() {}

    /** Makes one where the environment says that temporary files go; the JVM itself does not ask it. */
    static Path make(Map<String, String> environment) throws IOException {
        String parent = environment.getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(Path.of(parent), "mortise-worker-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "mortise-worker-folder"));
        return folder;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(PrivateFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            // what is left lies in the folder for temporary files
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
