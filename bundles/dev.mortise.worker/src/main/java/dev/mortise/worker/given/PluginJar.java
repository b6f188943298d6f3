// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The jar of the plugin.
 *
 * @param manifest its plugin.json as text
 */
public record PluginJar(Path path, String manifest) {
    private static final String NAME = "plugin.json";

    /**
     * Opens a jar, or the only one of a folder.
     *
     * @throws IOException with a sentence when there is none, or it is no plugin
     */
    public static PluginJar open(Path named) throws IOException {
        Path jar = Files.isDirectory(named) ? only(named) : named;
        if (!Files.isRegularFile(jar)) {
            throw new IOException("There is no file '" + jar + "'.");
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(NAME);
            if (entry == null) {
                throw new IOException(jar.getFileName() + " is no plugin: plugin.json is missing at its root.");
            }
            try (InputStream in = file.getInputStream(entry)) {
                return new PluginJar(jar.toAbsolutePath(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            if (jars.size() != 1) {
                throw new IOException("Folder '" + folder + "' holds " + jars.size() + " jars. Name one.");
            }
            return jars.get(0);
        }
    }
}
