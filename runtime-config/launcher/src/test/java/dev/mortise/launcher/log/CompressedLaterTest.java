// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedLaterTest {
    @TempDir
    private Path folder;

    private final Queue<Runnable> later = new ArrayDeque<>();
    private CompressedLater policy;

    @BeforeEach
    void start() {
        policy = policy();
    }

    private CompressedLater policy() {
        CompressedLater made = new CompressedLater(folder, "access", 2, later::add);
        made.start();
        return made;
    }

    @Test
    void putsAFullFileAsideWithoutCompressingIt() throws IOException {
        rollOver("first");

        assertThat(folder.resolve("access.log")).doesNotExist();
        assertThat(folder.resolve("access.full.log")).hasContent("first");
        assertThat(folder.resolve("access.1.log.gz")).doesNotExist();
    }

    @Test
    void keepsAsManyAsItIsTold() throws IOException {
        for (String text : new String[] {"first", "second", "third"}) {
            rollOver(text);
            later.remove().run();
        }

        assertThat(kept(1)).isEqualTo("third");
        assertThat(kept(2)).isEqualTo("second");
        assertThat(folder.resolve("access.3.log.gz")).doesNotExist();
        assertThat(folder.resolve("access.full.log")).doesNotExist();
    }

    @Test
    void goesOnWithWhatTheLastProcessDidNotComeTo() throws IOException {
        rollOver("first");
        later.clear();

        policy = policy();
        later.remove().run();

        assertThat(kept(1)).isEqualTo("first");
    }

    @Test
    void losesNothingWhenAFileCouldNotBeCompressed() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("access.log.gz.part"));
        rollOver("first");
        later.remove().run();
        Files.delete(inTheWay);

        rollOver("second");
        later.remove().run();

        assertThat(kept(1)).isEqualTo("second");
        assertThat(kept(2)).isEqualTo("first");
    }

    private void rollOver(String text) throws IOException {
        Files.writeString(folder.resolve("access.log"), text);
        policy.rollover();
    }

    private String kept(int number) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(folder.resolve("access." + number + ".log.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
