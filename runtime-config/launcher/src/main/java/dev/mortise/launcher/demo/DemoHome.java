// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import dev.mortise.launcher.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** A home that lives as long as the demonstration. */
record DemoHome(Home home) implements AutoCloseable {

    static DemoHome create() {
        try {
            return new DemoHome(Home.prepare(Files.createTempDirectory("mortise-demo-")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Put a jar into the watched folder, complete from the first moment on. */
    void drop(Path jar) throws IOException {
        Path incoming = Files.copy(jar, home.data().resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(incoming, home.plugins().resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Return the file that takes what the container prints. */
    Path console() {
        return home.log().resolve("console.log");
    }

    @Override
    public void close() {
        if (Files.notExists(home.root())) {
            return;
        }
        try (Stream<Path> entries = Files.walk(home.root())) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The home of the demonstration can't be removed: " + home.root(), e);
        }
    }
}
