// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.feature.EditionBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder in which the framework keeps what it can make again: one per JDK and build, older ones are removed. */
record FrameworkCache(Path folder) {

    static FrameworkCache of(Launch launch) {
        String build = launch.distribution().version() + "-" + Integer.toHexString(fingerprint(launch));
        Path caches = launch.home().data().resolve("cache");
        FrameworkCache cache = new FrameworkCache(caches.resolve(Runtime.version() + "-" + build));
        cache.removeOthers(caches);
        return cache;
    }

    private static int fingerprint(Launch launch) {
        return launch.edition().bundles().stream()
                .map(EditionBundle::artifact)
                .map(artifact -> artifact.in(launch.distribution().system()))
                .map(FrameworkCache::stamp)
                .toList()
                .hashCode();
    }

    /** The change time of the inode, because reproducible archives give all files one time of modification. */
    private static List<Object> stamp(Path jar) {
        try {
            return List.of(jar.toString(), Files.size(jar), Files.getAttribute(jar, "unix:ctime"));
        } catch (IOException missingIsReportedAtInstallation) {
            return List.of(jar.toString());
        }
    }

    private void removeOthers(Path caches) {
        try {
            Files.createDirectories(caches);
            try (Stream<Path> entries = Files.list(caches)) {
                entries.filter(Files::isDirectory)
                        .filter(entry -> !entry.equals(folder))
                        .forEach(FrameworkCache::remove);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path tree) {
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
