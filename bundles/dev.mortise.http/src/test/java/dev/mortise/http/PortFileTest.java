// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFileTest {
    @TempDir
    Path folder;

    @Test
    void leavesNoPortOfBeforeWhereItCanNotWriteThePresentOne() throws Exception {
        PortFile file = new PortFile(folder.resolve("http-port"));
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "needs a file that is always full");
        file.write(1);
        // no disk is full here, but what is full or can't be written ends alike
        Files.createSymbolicLink(folder.resolve("http-port.tmp"), Path.of("/dev/full"));

        assertThatThrownBy(() -> file.write(2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");

        assertThat(folder).isEmptyDirectory();
    }
}
