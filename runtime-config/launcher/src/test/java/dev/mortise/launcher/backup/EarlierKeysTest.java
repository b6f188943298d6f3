// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.home.Home;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierKeysTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make() throws IOException {
        home = Home.prepare(folder.resolve("home"));
    }

    @Test
    void keepThoseThatWereDroppedMeanwhileBehindTheOneInUse() throws IOException {
        keys("a 11\nb 22 retired 2026-01-01T00:00:00Z\n");
        EarlierKeys earlier = EarlierKeys.of(home);

        assertThat(besides(earlier, "data/secrets-key", "c 33\na 11 retired 2026-02-02T00:00:00Z\n"))
                .isEqualTo("c 33\na 11 retired 2026-02-02T00:00:00Z\nb 22 retired 2026-01-01T00:00:00Z\n");
    }

    @Test
    void openOnlyAlsoWhereOneWasInUse() throws IOException {
        keys(" a 11 \n");

        assertThat(besides(EarlierKeys.of(home), "data/secrets-key", "c 33\n")).matches("c 33\na 11 retired \\S+Z\n");
    }

    @Test
    void leaveOtherFilesAndAnUnchangedOneAsTheyAre() throws IOException {
        keys("a 11\n");
        EarlierKeys earlier = EarlierKeys.of(home);

        assertThat(besides(earlier, "data/secrets-key", "a 11\n")).isEqualTo("a 11\n");
        assertThat(besides(earlier, "data/db-key", "no line")).isEqualTo("no line");
    }

    @Test
    void areNoneInAHomeWithoutSecrets() throws IOException {
        assertThat(EarlierKeys.of(home).lines()).isEmpty();
    }

    private void keys(String text) throws IOException {
        Files.writeString(home.data().resolve("secrets-key"), text);
    }

    private static String besides(EarlierKeys earlier, String name, String now) throws IOException {
        return new String(
                earlier.besides(name, new ByteArrayInputStream(now.getBytes(StandardCharsets.UTF_8)))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }
}
