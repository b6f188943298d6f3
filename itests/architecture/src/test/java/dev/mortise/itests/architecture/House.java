// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the modules lie in the clone. */
final class House {
    private static final Path ROOT = root();

    private House() {}

    /** Answers the folder of every bundle, those of the example plugins included. */
    static List<Path> bundles() {
        return Stream.concat(modules("bundles"), modules("bundles/examples")).toList();
    }

    /** Answers the folder of every module whose classes are part of the product. */
    static List<Path> product() {
        return Stream.concat(bundles().stream(), modules("runtime-config").filter(House::hasClasses))
                .toList();
    }

    /** Answers the classes of a module. */
    static Path classes(Path module) {
        return module.resolve("target/classes");
    }

    private static Stream<Path> modules(String folder) {
        try (var children = Files.list(ROOT.resolve(folder))) {
            return children
                    .filter(child -> Files.isRegularFile(child.resolve("pom.xml")))
                    .filter(child -> Files.isDirectory(child.resolve("src/main/java")))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasClasses(Path module) {
        return Files.isDirectory(classes(module));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("runtime-config"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
