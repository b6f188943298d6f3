// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sentences that send an operator to {@code 'key' in etc/file.properties} name a key that is legal there. */
class RemediesTest {
    private static final Pattern REMEDY = Pattern.compile("'([^' ]+)' in etc/([a-z-]+)\\.properties");

    @Test
    void nameKeysThatThereAre() throws IOException {
        Set<String> legal =
                Schema.shipped().settings().stream().map(Setting::name).collect(Collectors.toSet());

        Set<String> named = new TreeSet<>();
        for (String root : List.of("../../bundles", "../../runtime-config/launcher")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(RemediesTest::isMainSource).forEach(file -> REMEDY.matcher(read(file))
                        .results()
                        .forEach(found -> named.add(found.group(2) + "." + found.group(1))));
            }
        }

        assertThat(named).contains("http.body.max.mb", "host.intake.max-jar-mb").isSubsetOf(legal);
    }

    private static boolean isMainSource(Path file) {
        return file.toString().contains("/src/main/java/") && file.toString().endsWith(".java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
