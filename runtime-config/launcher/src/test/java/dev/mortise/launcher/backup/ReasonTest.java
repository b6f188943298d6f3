// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void namesNoClass() {
        assertThat(Reason.of(new UncheckedIOException(new IOException("It broke"))))
                .isEqualTo("It broke");
        assertThat(Reason.of(new UncheckedIOException("Said before.", new IOException("x"))))
                .isEqualTo("Said before");
        assertThat(Reason.of(new NoSuchFileException("/a/b"))).isEqualTo("/a/b is not there");
        assertThat(Reason.of(new AccessDeniedException("/a/b"))).isEqualTo("/a/b may not be used");
        assertThat(Reason.of(new FileSystemException("/a/b", null, "Read-only file system")))
                .isEqualTo("/a/b: Read-only file system");
        assertThat(Reason.of(new IOException())).isEqualTo("the disk refused it");
    }

    @Test
    void saysWhatToDoWhereTheDiskIsFull() {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            full.write(1);
            throw new AssertionError("It has no room.");
        } catch (IOException e) {
            assertThat(Reason.of(new UncheckedIOException(e)))
                    .isEqualTo("No space left on device. Make room, or name a file on another disk");
        }
    }
}
