// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledProgramsTest {
    @TempDir
    Path cache;

    @Test
    void unpacksTheSameWithAndWithoutTar() throws Exception {
        Programs withTar = BundledPrograms.in(Servers.CACHE).unpacked();
        String architecture = System.getProperty("os.arch");

        Programs withJava = new BundledPrograms(cache, architecture, List.of("no-such-tar")).unpacked();

        assertThat(listing(withJava.root())).isEqualTo(listing(withTar.root()));
        assertThat(Command.run(Duration.ofSeconds(5), List.of(withJava.postgres(), "--version"))
                        .output())
                .startsWith("postgres (PostgreSQL) 18.");
    }

    @Test
    void unpacksInJavaWhenTarFailsHalfway() throws Exception {
        String broken = "head -c 100000 | tar -x -C \"$1\" 2>/dev/null; mkdir -p \"$1/bin/half\"; exit 2";
        List<String> command = List.of("sh", "-c", broken, "tar");

        Programs programs = new BundledPrograms(cache, System.getProperty("os.arch"), command).unpacked();

        assertThat(Path.of(programs.postgres())).isExecutable();
        assertThat(programs.root().resolve("bin/half")).doesNotExist();
        try (var files = Files.list(cache)) {
            assertThat(files.toList()).containsExactly(programs.root());
        }
    }

    @Test
    void carriesTheProgramsOfBothPlatforms() throws Exception {
        String other = System.getProperty("os.arch").equals("aarch64") ? "amd64" : "aarch64";
        List<String> tar = List.of("tar", "--no-same-owner", "-xJf", "-", "-C");

        Programs programs = new BundledPrograms(cache, other, tar).unpacked();

        assertThat(Path.of(programs.initdb())).isExecutable();
    }

    @Test
    void namesPlatformAndWayOutWhereItHasNoPrograms() {
        BundledPrograms programs = new BundledPrograms(cache, "s390x", List.of("tar"));

        assertThatThrownBy(programs::unpacked)
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("s390x", "MORTISE_DB_URL");
    }

    private static Map<String, String> listing(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                entries.put(root.relativize(file).toString(), describe(file));
            }
        }
        return entries;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        return Files.isDirectory(file) ? "folder" : Files.size(file) + (Files.isExecutable(file) ? " program" : "");
    }
}
