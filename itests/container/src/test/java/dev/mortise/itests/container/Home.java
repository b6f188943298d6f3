// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The home of one test class: made anew, filled before the container boots. */
record Home(Path folder) {
    static final String ASIDE = "aside";

    static final String WATCHED = "plugins";
    private static final Path HOMES = Path.of("target", "homes").toAbsolutePath();

    /** Makes the home of a test class anew. */
    static Home of(Class<?> test) throws IOException {
        Path folder = HOMES.resolve(test.getSimpleName());
        if (Files.exists(folder)) {
            delete(folder);
        }
        Files.createDirectories(folder.resolve(ASIDE));
        Files.createDirectories(folder.resolve(WATCHED));
        return new Home(folder);
    }

    /** Answers where all homes find the programs of PostgreSQL, which are unpacked once. */
    static Path programs() {
        return HOMES.resolve("postgres-bin");
    }

    /** Lays a plugin into the watched folder before the container boots. */
    Home with(String file, PluginJar plugin) {
        plugin.writeTo(folder.resolve(WATCHED).resolve(file));
        return this;
    }

    /** Lays example plugins, as the build left them, into the watched folder before the container boots. */
    Home withExamples(String... ids) throws IOException {
        for (String id : ids) {
            Files.copy(Product.find().example(id), folder.resolve(WATCHED).resolve(id + ".jar"));
        }
        return this;
    }

    /** Lays a plugin aside, for a test that drops it. */
    Home aside(String file, PluginJar plugin) {
        plugin.writeTo(folder.resolve(ASIDE).resolve(file));
        return this;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> content;
        try (Stream<Path> files = Files.walk(folder)) {
            content = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : content) {
            Files.delete(file);
        }
    }
}
