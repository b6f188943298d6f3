// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void fill() throws IOException {
        home = Home.prepare(folder.resolve("home"));
        Files.writeString(home.etc().resolve("http.properties"), "port = 1");
        Files.writeString(home.data().resolve("secrets-key"), "key");
        Files.writeString(home.data().resolve("http-port"), "1");
        Files.createDirectories(home.data().resolve("postgres/base"));
        Files.writeString(home.data().resolve("postgres/base/1"), "row");
        Files.writeString(home.plugins().resolve("x.jar"), "jar");
    }

    @Test
    void copiesAllButWhatIsMadeAnewOrComesByOtherMeans() throws IOException {
        assertThat(copied())
                .isEqualTo(
                        Map.of("etc/http.properties", "port = 1", "data/secrets-key", "key", "plugins/x.jar", "jar"));
    }

    @Test
    void copiesFoldersThatLieElsewhereAndAreLinked() throws IOException {
        Map<String, String> all = copied();
        for (String name : new String[] {"data", "etc", "plugins"}) {
            Files.move(home.root().resolve(name), folder.resolve("disk-" + name));
            Files.createSymbolicLink(home.root().resolve(name), folder.resolve("disk-" + name));
        }

        assertThat(copied()).isEqualTo(all);
    }

    @Test
    void copiesLinkedFoldersInsideAndOutlivesCircles() throws IOException {
        Files.createDirectories(folder.resolve("shared"));
        Files.writeString(folder.resolve("shared/y.jar"), "other");
        Files.createSymbolicLink(home.plugins().resolve("shared"), folder.resolve("shared"));
        Files.createSymbolicLink(home.plugins().resolve("round"), home.plugins());
        Files.createSymbolicLink(home.plugins().resolve("gone.jar"), folder.resolve("nowhere"));

        assertThat(copied()).containsEntry("plugins/shared/y.jar", "other").hasSize(4);
    }

    @Test
    void knowsItsFoldersByWhateverName() throws IOException {
        Files.move(home.data(), folder.resolve("disk"));
        Files.createSymbolicLink(home.data(), folder.resolve("disk"));

        HomeFiles files = new HomeFiles(home);
        assertThat(files.hold(folder.resolve("disk"))).isTrue();
        assertThat(files.hold(home.plugins())).isTrue();
        assertThat(files.hold(home.root())).isFalse();
        Files.delete(home.etc().resolve("http.properties"));
        Files.delete(home.etc());
        assertThat(files.hold(folder)).isFalse();
    }

    private Map<String, String> copied() throws IOException {
        Map<String, String> all = new TreeMap<>();
        new HomeFiles(home).copy((name, content) -> {
            try {
                all.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return all;
    }
}
