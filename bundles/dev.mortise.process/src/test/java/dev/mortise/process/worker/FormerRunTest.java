// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.process.worker.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerRunTest {
    private static final String NONCE = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path home;

    @Test
    void goesWhenItIsEmpty() throws IOException {
        Files.createDirectories(home.resolve("data/run"));

        tidy();

        assertThat(home.resolve("data/run")).doesNotExist();
        assertThat(home.resolve("data")).isDirectory();
    }

    @Test
    void goesWithItsScriptsAndFoldersAndProcesses() throws Exception {
        Path run = Files.createDirectories(home.resolve("data/run"));
        Path house = Files.createDirectories(run.resolve(NONCE).resolve("home"));
        Files.writeString(house.resolve("what a plugin wrote"), "x");
        Files.writeString(run.resolve("mortise-guard"), "#!/bin/sh");
        Files.writeString(run.resolve("mortise-undertaker"), "#!/bin/sh");
        ProcessBuilder stray = new ProcessBuilder("sleep", "600");
        stray.environment().put("HOME", house.toString());
        Process process = stray.start();
        try {
            tidy();

            assertThat(run).doesNotExist();
            await().until(() -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void staysWhenSomebodyElseKeepsSomethingThere() throws IOException {
        Path run = Files.createDirectories(home.resolve("data/run"));
        Path notes = Files.writeString(run.resolve("notes"), "x");
        Path guard = Files.writeString(run.resolve("mortise-guard"), "#!/bin/sh");

        tidy();

        assertThat(notes).exists();
        assertThat(guard).exists();
    }

    @Test
    void isNoLinkToAnywhere() throws IOException {
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.createDirectories(home.resolve("data"));
        Files.createSymbolicLink(home.resolve("data/run"), elsewhere);

        tidy();

        assertThat(elsewhere).isDirectory();
        assertThat(home.resolve("data/run")).isSymbolicLink();
    }

    private void tidy() {
        new Launcher(new TestSettings().in(home).launch()).tidy();
    }
}
