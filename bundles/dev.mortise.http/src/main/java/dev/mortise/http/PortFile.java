// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells other processes of this home which port is listened on, from the moment it is open until it closes. */
record PortFile(Path path) {
    /** Writes the port; a reader sees all of it or no file. */
    void write(int port) {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(fresh, port + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The port in use can't be written to '" + path + "'.", e);
        }
    }

    /** Removes the file, if it is there. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("'" + path + "' can't be removed.", e);
        }
    }
}
