// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.port.PluginFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Stands for the class loader of a plugin whose classes are elsewhere: another one for each run, it knows no class of the
 * plugin, and of its jar the entries alone. The jar is open only while one is read.
 */
final class ArtifactLoader extends ClassLoader implements PluginFiles {
    private final Path jar;

    ArtifactLoader(Path jar) {
        super("worker", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null || entry.isDirectory()) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(new ByteArrayInputStream(in.readAllBytes()));
            }
        }
    }
}
