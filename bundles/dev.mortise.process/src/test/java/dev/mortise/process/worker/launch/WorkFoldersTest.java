// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.process.worker.user.UserChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {
    @TempDir
    Path home;

    private WorkFolders folders;

    @BeforeEach
    void open() {
        folders = new WorkFolders(new LaunchSettings(
                home,
                "/bin",
                Map::of,
                Duration.ofSeconds(1),
                new LaunchSettings.OutputLimits(1, 1),
                new UserChoice.Own(),
                List.of()));
    }

    private Path jar(String... names) throws IOException {
        Path jar = home.resolve("x.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(("#!" + name).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void unpacksTheFolderOfTheWorkerForItsOwnerOnly() throws IOException {
        Path folder = folders.unpacked(jar("plugin.json", "worker/run", "worker/lib/a.js", "other/b"), "ab12");

        assertThat(folder).isEqualTo(home.resolve("data/work/ab12"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("plugin.json", "run", "lib");
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("lib"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("run"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("plugin.json"))).isEqualTo("rwx------");
        assertThat(home.resolve("data/work").toFile().list()).containsExactly("ab12");
        folders.remove("ab12");
        assertThat(folder).doesNotExist();
    }

    @Test
    void refusesNamesThatLeadOut() throws IOException {
        for (String name : List.of("worker/../../evil", "worker/a/../../../evil", "worker//etc/evil", "worker/a\\b")) {
            Path jar = jar("worker/good", name);
            assertThatThrownBy(() -> folders.unpacked(jar, "ab12"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of its folder");
        }
        assertThat(home.resolve("evil")).doesNotExist();
        assertThat(home.resolve("data/work").toFile().list()).isEmpty();
    }
}
