// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.feature.Artifact;
import dev.mortise.launcher.feature.Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a home is given before its container starts for the first time. */
public record FirstStart(Path repository, Home home) {

    /** Put the plugins of the edition into the watched folder of a new home. */
    public void prepare(HomeLock lock, Edition edition) throws IOException {
        if (lock.isFirst()) {
            for (Artifact plugin : edition.plugins()) {
                drop(plugin);
            }
        }
    }

    /** Copy beside the folder first: the watcher never sees half a file. */
    private void drop(Artifact plugin) throws IOException {
        Path incoming = home.data().resolve(plugin.fileName());
        Files.copy(plugin.in(repository), incoming, StandardCopyOption.REPLACE_EXISTING);
        Files.move(incoming, home.plugins().resolve(plugin.fileName()), StandardCopyOption.ATOMIC_MOVE);
    }
}
