// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.kernel.port.PluginFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/** The entries of the jar that a class loader belongs to: its class path leads into further jars, and to its imports. */
public record JarFiles(ClassLoader loader) implements PluginFiles {
    @Override
    public Optional<InputStream> open(String name) throws IOException {
        if (loader instanceof PluginFiles own) {
            return own.open(name);
        }
        if (loader instanceof BundleReference reference) {
            Optional<URL> entry = entry(reference.getBundle(), name);
            return entry.isPresent() ? Optional.of(entry.get().openStream()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<URL> entry(Bundle bundle, String name) {
        try {
            return Optional.ofNullable(bundle.getEntry(name));
        } catch (IllegalStateException uninstalled) {
            return Optional.empty();
        }
    }
}
