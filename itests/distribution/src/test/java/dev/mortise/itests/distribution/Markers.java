// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The markers beside the jars in the watched folder. */
record Markers(Path folder) {
    static Markers of(Container container) {
        return new Markers(container.home().resolve("plugins"));
    }

    /** Waits for a marker and answers its first line. The old one may go while it is being looked at. */
    String firstLine(String marker) {
        List<String> lines = new ArrayList<>();
        Wait.until("marker " + marker, () -> {
            try {
                return lines.addAll(Files.readAllLines(folder.resolve(marker)));
            } catch (NoSuchFileException e) {
                return false;
            }
        });
        return lines.get(0);
    }

    /** Answers the names of all markers of a jar. */
    List<String> of(String jar) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(jar + "."))
                    .toList();
        }
    }
}
