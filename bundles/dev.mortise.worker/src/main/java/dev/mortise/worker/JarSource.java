// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.worker.given.PluginJar;
import dev.mortise.worker.plugin.BundlePlugin;
import dev.mortise.worker.plugin.RunningPlugin;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A plugin as its jar, which runs as the bundle that it is. */
record JarSource(PluginJar jar, PluginManifest manifest, Map<String, String> environment) implements PluginSource {
    /** Opens a jar, or the only one of a folder. */
    static JarSource open(Path file, Map<String, String> environment, boolean judged) throws Exit {
        try {
            PluginJar jar = PluginJar.open(file);
            return new JarSource(jar, ManifestText.read(jar.manifest(), judged), environment);
        } catch (IOException e) {
            throw new Exit(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RunningPlugin start(List<Offer<?>> offers) throws StartRefused, InterruptedException {
        try {
            return BundlePlugin.start(jar.path(), manifest, offers, PrivateFolder.make(environment));
        } catch (IOException e) {
            throw new StartRefused("There is no folder for the framework: " + e.getMessage(), e);
        }
    }
}
