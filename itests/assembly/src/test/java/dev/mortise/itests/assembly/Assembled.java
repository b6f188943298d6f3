// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import dev.mortise.launcher.feature.Edition;
import dev.mortise.launcher.feature.FeatureFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The unpacked distribution that the build has just left behind. */
final class Assembled {
    static final List<String> EDITIONS = List.of("minimal", "standard", "full");

    private static final Path ROOT = Path.of(System.getProperty("mortise.dist"));

    private Assembled() {}

    static Path system() {
        return ROOT.resolve("system");
    }

    static Path examples() {
        return ROOT.resolve("examples");
    }

    static List<Edition> editions() {
        FeatureFolder folder = new FeatureFolder(ROOT.resolve("features"));
        return EDITIONS.stream().map(folder::edition).toList();
    }

    static Set<Path> jars(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
