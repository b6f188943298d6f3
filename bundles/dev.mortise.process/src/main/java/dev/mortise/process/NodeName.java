// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Reads the id that the gateway keeps in {@code data/node-id}; until that is there, the node has no name. */
final class NodeName implements Supplier<String> {
    private static final String UNKNOWN = "local";

    private final Path file;
    private volatile String known = UNKNOWN;

    NodeName(String home) {
        file = Path.of(home, "data", "node-id");
    }

    @Override
    public String get() {
        if (known.equals(UNKNOWN)) {
            known = read();
        }
        return known;
    }

    private String read() {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? UNKNOWN : text;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
