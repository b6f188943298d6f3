// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Writes jars of entries that are given as text or bytes. */
public final class JarText {
    private JarText() {}

    /** Adds an entry of text. */
    public static void put(Map<String, byte[]> entries, String name, String text) {
        entries.put(name, text.getBytes(UTF_8));
    }

    /** Writes the jar, the manifest first, and answers it. */
    public static Path write(Path file, Map<String, byte[]> entries) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
