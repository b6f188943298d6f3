// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes jars out of the watched folder. */
record PluginFolder(Path path) {
    /** Removes every jar of a plugin. */
    void remove(PluginId id, HostSnapshot now) throws IOException {
        List<Path> files = now.plugins().getOrDefault(id, List.of()).stream()
                .flatMap(view -> view.paths().stream())
                .distinct()
                .toList();
        for (Path file : files) {
            Files.deleteIfExists(path.resolve(file));
        }
    }
}
