// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    private static final Path ETC = Path.of("../etc");

    @TempDir
    Path home;

    @Test
    void hasAConcernForEachShippedFile() throws IOException {
        try (Stream<Path> files = Files.list(ETC)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".properties", "")))
                    .containsExactlyInAnyOrderElementsOf(Schema.CONCERNS);
        }
    }

    @Test
    void hasACommentAboveEveryKey() throws IOException {
        for (String concern : Schema.CONCERNS) {
            List<String> lines = Files.readAllLines(ETC.resolve(concern + ".properties"));
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                    assertThat(lines.get(i - 1))
                            .as("above %s of %s", lines.get(i), concern)
                            .startsWith("# ");
                }
            }
        }
    }

    @Test
    void givesEverySettingAVariableOfItsOwn() {
        assertThat(Schema.shipped().settings()).extracting(Setting::variable).doesNotHaveDuplicates();
    }

    @Test
    void fillsAFolderWithFilesThatChangeNothing() {
        Schema schema = Schema.shipped();
        SettingsFolder folder = new SettingsFolder(home);

        folder.fill(schema);

        assertThat(home.resolve("http.properties")).content().contains("#port = 8080");
        folder.requireKnownFiles(schema);
        assertThat(schema.concerns())
                .allSatisfy(concern -> assertThat(folder.read(concern)).isEmpty());
    }

    @Test
    void leavesTheFilesOfTheOperatorAlone() throws IOException {
        Files.writeString(home.resolve("http.properties"), "port = 1");

        new SettingsFolder(home).fill(Schema.shipped());

        assertThat(home.resolve("http.properties")).hasContent("port = 1");
    }

    @Test
    void refusesAFileThatBelongsToNoConcern() throws IOException {
        Files.writeString(home.resolve("htpp.properties"), "");

        assertThatThrownBy(() -> new SettingsFolder(home).requireKnownFiles(Schema.shipped()))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("Unknown file '" + home.resolve("htpp.properties")
                        + "'. The nearest legal name is 'http.properties'.");
    }

    @Test
    void findsTheNearestWord() {
        List<String> legal = List.of("port", "host", "idle.timeout");

        assertThat(Map.of("prot", "port", "hots", "host", "idletimeout", "idle.timeout"))
                .allSatisfy(
                        (word, nearest) -> assertThat(Nearest.to(word, legal)).contains(nearest));
        assertThat(Nearest.to("x", List.of())).isEmpty();
        assertThat(Nearest.to("nonsense.key", legal)).isEmpty();
    }
}
