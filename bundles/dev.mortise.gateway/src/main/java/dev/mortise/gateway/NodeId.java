// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Reads the name that this home keeps over all its starts, and makes it at the first. */
final class NodeId {
    private static final String FILE = "data/node-id";

    private NodeId() {}

    /**
     * Answers the node's id.
     *
     * @param home the home of this container; empty when it has none, and then the id lasts as long as the process
     */
    static String of(String home) {
        if (home.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        Path file = Path.of(home).resolve(FILE);
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            return kept.isEmpty() ? make(file) : kept;
        } catch (IOException e) {
            throw new UncheckedIOException("The node's id can't be kept in " + file + ": " + e, e);
        }
    }

    private static String make(Path file) throws IOException {
        String fresh = UUID.randomUUID().toString();
        Files.createDirectories(file.getParent());
        try {
            Files.writeString(file, fresh + "\n", StandardOpenOption.CREATE_NEW);
            return fresh;
        } catch (FileAlreadyExistsException e) {
            // Somebody else made it just now, or it is the empty file of a start that was cut off.
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
            Files.writeString(file, fresh + "\n");
            return fresh;
        }
    }
}
