// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.feature.Artifact;
import dev.mortise.launcher.feature.Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Gives a home the plugins of its edition, each one once: what the operator removes afterwards stays away. */
public record EditionPlugins(Path repository, Home home) {

    /** Put every plugin that this home was not given yet into its watched folder. */
    public void give(Edition edition) throws IOException {
        List<String> given = Files.exists(record()) ? Files.readAllLines(record()) : List.of();
        for (Artifact plugin : edition.plugins()) {
            if (!given.contains(key(plugin))) {
                drop(plugin);
                // only now: who is killed in between gives it again
                remember(plugin);
            }
        }
    }

    /** Copy beside the folder first: the watcher never sees half a file. */
    private void drop(Artifact plugin) throws IOException {
        Path incoming = home.data().resolve(plugin.fileName());
        Files.copy(plugin.in(repository), incoming, StandardCopyOption.REPLACE_EXISTING);
        Files.move(incoming, home.plugins().resolve(plugin.fileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private void remember(Artifact plugin) throws IOException {
        Files.writeString(record(), key(plugin) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path record() {
        return home.data().resolve("given-plugins");
    }

    private static String key(Artifact plugin) {
        return plugin.group() + ":" + plugin.name();
    }
}
