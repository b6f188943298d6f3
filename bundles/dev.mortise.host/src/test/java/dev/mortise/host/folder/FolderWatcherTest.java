// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.host.TestJar;
import dev.mortise.host.folder.FolderFile.Condition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private volatile Map<Path, FolderFile> told = Map.of();
    private FolderWatcher watcher;

    @BeforeEach
    void watch() {
        watch(Duration.ofMillis(500));
    }

    private void watch(Duration rescan) {
        watcher = new FolderWatcher(
                folder, 4, new Pace(Duration.ofMillis(150), rescan), (files, markers) -> told = files);
        watcher.start();
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void hearsOfARenamedJarWithoutARescan() throws IOException {
        Path jar = TestJar.plugin("one", "1.0.0").at(elsewhere.resolve("one.jar"));
        Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.from(Instant.EPOCH));
        watcher.close();
        watch(Duration.ofHours(1));
        Files.move(jar, folder.resolve("one.jar"));

        awaitCondition("one.jar", Condition.COMPLETE);
    }

    @Test
    void hearsOfAJarInAFolderThatIsMovedInWithoutARescan() throws IOException {
        TestJar.plugin("deep", "1.0.0").at(elsewhere.resolve("a/b/deep.jar"));
        watcher.close();
        watch(Duration.ofHours(1));
        Files.move(elsewhere.resolve("a"), folder.resolve("a"));

        awaitCondition("a/b/deep.jar", Condition.COMPLETE);
        TestJar.plugin("later", "1.0.0").at(folder.resolve("a/b/later.jar"));
        awaitCondition("a/b/later.jar", Condition.COMPLETE);
    }

    @Test
    void seesJarsInSubfoldersThatAreMadeLater() {
        TestJar.plugin("deep", "1.0.0").at(folder.resolve("a/b/c/d/deep.jar"));
        TestJar.plugin("deeper", "1.0.0").at(folder.resolve("a/b/c/d/e/deeper.jar"));

        awaitCondition("a/b/c/d/deep.jar", Condition.COMPLETE);
        assertThat(told).hasSize(1);
    }

    @Test
    void takesASlowCopyOnlyWhenItIsWhole() throws IOException {
        byte[] jar = TestJar.plugin("slow", "1.0.0").bytes();
        try (OutputStream out = Files.newOutputStream(folder.resolve("slow.jar"))) {
            for (byte next : jar) {
                out.write(next);
                LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
                assertThat(condition("slow.jar")).isNotEqualTo(Optional.of(Condition.REJECTED));
            }
        }

        awaitCondition("slow.jar", Condition.COMPLETE);
    }

    @Test
    void losesNoneOfAThousandJars() {
        byte[] jar = TestJar.plugin("many", "1.0.0").bytes();
        for (int i = 0; i < 1000; i++) {
            TestJar.empty().entry("plugin.json", jar).at(folder.resolve(i + ".jar"));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(told.values())
                .hasSize(1000)
                .allMatch(file -> file.condition() == Condition.COMPLETE));
    }

    @Test
    void leavesHiddenAndOtherFilesAlone() throws IOException {
        byte[] jar = TestJar.plugin("some", "1.0.0").bytes();
        for (String name : new String[] {".some.jar", "some.jar.part", "some.tmp", "readme.txt"}) {
            Files.write(folder.resolve(name), jar);
        }
        Files.createDirectory(folder.resolve(".git"));
        Files.write(folder.resolve(".git/x.jar"), jar);
        TestJar.plugin("last", "1.0.0").at(folder.resolve("last.jar"));

        awaitCondition("last.jar", Condition.COMPLETE);
        assertThat(told).hasSize(1);
    }

    @Test
    void keepsWhatItKnowsWhenTheFolderIsAway() throws IOException {
        TestJar.plugin("kept", "1.0.0").at(folder.resolve("kept.jar"));
        awaitCondition("kept.jar", Condition.COMPLETE);
        Path away = elsewhere.resolve("away");
        Files.move(folder, away);
        LockSupport.parkNanos(Duration.ofMillis(900).toNanos());

        assertThat(condition("kept.jar")).hasValue(Condition.COMPLETE);
        Files.move(away, folder);
        TestJar.plugin("more", "1.0.0").at(folder.resolve("more.jar"));
        awaitCondition("more.jar", Condition.COMPLETE);
    }

    private void awaitCondition(String name, Condition condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> condition(name).equals(Optional.of(condition)));
    }

    private Optional<Condition> condition(String name) {
        return Optional.ofNullable(told.get(Path.of(name))).map(FolderFile::condition);
    }
}
