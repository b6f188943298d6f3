// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.launcher.program.LaunchFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFileTest {
    private static final Description DESCRIPTION =
            new Description("1.0.0", "18", Instant.parse("2026-11-26T18:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWrittenToItsOwnerAlone() throws IOException {
        Path file = write("data/db-key", "etc/http.properties", "data/postgres/pg_wal/");
        Map<String, String> found = new TreeMap<>();

        try (BackupFile backup = BackupFile.open(file)) {
            assertThat(backup.description()).isEqualTo(DESCRIPTION);
            backup.each((name, content) -> found.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        }

        assertThat(found)
                .containsEntry("data/db-key", "data/db-key")
                .containsEntry("etc/http.properties", "etc/http.properties")
                .containsEntry("data/postgres/pg_wal/", "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isRefusedWhateverByteOfItIsOther() throws IOException {
        Path file = write("data/db-key");
        byte[] whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            whole[i] ^= 1;
            Files.write(file, whole);
            assertRefused(file);
            whole[i] ^= 1;
        }
    }

    @Test
    void isRefusedWhereverItIsCut() throws IOException {
        Path file = write("data/db-key");
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file);
        }
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> BackupFile.open(file).close())
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContainingAll(file.toString(), "no whole backup", "Nothing was restored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/../../evil", "/etc/passwd", "log/x", "data/./x", "evil"})
    void isRefusedWhenItNamesAPlaceOutsideOfAHome(String name) throws IOException {
        Path file = write(name);

        assertThatThrownBy(() -> BackupFile.open(file).close())
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("'" + name + "', which is no place in a home");
    }

    @Test
    void leavesNothingWhenItIsNotFinished() throws IOException {
        try (BackupWriter writer = BackupWriter.to(folder.resolve("b.zip"))) {
            writer.add("data/db-key", content("half"));

            assertThat(folder.resolve("b.zip")).doesNotExist();
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesTheMajorThatDoesNotFit() {
        assertThatThrownBy(() -> DESCRIPTION.requireMajor("19"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContainingAll("PostgreSQL 18", "brings PostgreSQL 19", "Mortise that made it (1.0.0)");
        DESCRIPTION.requireMajor("18");
    }

    @Test
    void namesTheVersionThatKnowsItsForm() {
        assertThatThrownBy(() -> Description.read(content("format=2\nmortise=3.1.0\n")))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("made by Mortise 3.1.0");
    }

    private Path write(String... names) throws IOException {
        Path file = folder.resolve("b.zip");
        try (BackupWriter writer = BackupWriter.to(file)) {
            for (String name : names) {
                writer.add(name, name.endsWith("/") ? InputStream.nullInputStream() : content(name));
            }
            writer.add(Description.ENTRY, DESCRIPTION.content());
            writer.finish();
        }
        return file;
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
