// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.TestJar;
import dev.mortise.host.zip.ZipDirectory.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDirectoryTest {
    private static final byte[] JAR =
            TestJar.plugin("a-plugin", "1.0.0").entry("x.txt", "x".repeat(500)).bytes();

    @TempDir
    Path folder;

    @Test
    void readsTheEntriesOfAWholeJar() throws IOException {
        Reading reading = read(JAR);

        assertThat(reading).isInstanceOf(Reading.Whole.class);
        assertThat(((Reading.Whole) reading).items())
                .extracting(ZipItem::name)
                .containsExactly("META-INF/MANIFEST.MF", "plugin.json", "x.txt");
        assertThat(((Reading.Whole) reading).items().get(2).size()).isEqualTo(500);
    }

    @Test
    void takesNoBeginningOfAJarForAWholeOne() throws IOException {
        for (int length = 4; length < JAR.length; length++) {
            assertThat(read(Arrays.copyOf(JAR, length)))
                    .as("first %s bytes", length)
                    .isEqualTo(new Reading.CutOff());
        }
    }

    @Test
    void takesAnEmptyFileForOneThatIsStillToCome() throws IOException {
        assertThat(read(new byte[0])).isEqualTo(new Reading.CutOff());
    }

    @Test
    void takesAHalfOverwrittenJarForNoWholeOne() throws IOException {
        byte[] grown = Arrays.copyOf(JAR, JAR.length + 10);

        assertThat(read(grown)).isEqualTo(new Reading.CutOff());
    }

    @Test
    void knowsWhatIsNoZip() throws IOException {
        assertThat(read("hello, I am text".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(new Reading.NoZip());
    }

    @Test
    void saysThatAFileCantBeRead() {
        assertThat(ZipDirectory.read(folder.resolve("nowhere.jar"))).isInstanceOf(Reading.Unreadable.class);
    }

    private Reading read(byte[] bytes) throws IOException {
        return ZipDirectory.read(Files.write(folder.resolve("x.jar"), bytes));
    }
}
