// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Another edition of a plugin's jar: the same code under a changed {@code plugin.json}. */
final class Reissue {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Reissue() {}

    /** Copies a jar with its manifest changed, and answers the copy. */
    static Path of(Path original, Path copy, Consumer<ObjectNode> change) throws IOException {
        Files.copy(original, copy);
        try (FileSystem jar = FileSystems.newFileSystem(copy)) {
            Path manifest = jar.getPath("plugin.json");
            ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(manifest));
            change.accept(json);
            Files.write(manifest, JSON.writeValueAsBytes(json));
        }
        return copy;
    }
}
