// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells other processes of this home which port is listened on, from the moment it is open until it closes. */
record PortFile(Path path) {
    /** Writes the port; a reader sees all of it or no file, also when it can't be written. */
    void write(int port) throws IOException {
        try {
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(fresh(), port + "\n");
            Files.move(fresh(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                remove(); // a port of before leads to nobody, or to somebody else
            } catch (IOException worse) {
                e.addSuppressed(worse);
            }
            throw e;
        }
    }

    /** Removes the file, if it is there. */
    void remove() throws IOException {
        Files.deleteIfExists(fresh());
        Files.deleteIfExists(path);
    }

    private Path fresh() {
        return path.resolveSibling(path.getFileName() + ".tmp");
    }
}
