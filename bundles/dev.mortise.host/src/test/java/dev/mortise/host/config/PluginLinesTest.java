// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginLinesTest {
    @TempDir
    private Path etc;

    @Test
    void countAsSoonAsTheyAreChanged() throws IOException {
        PluginLines lines = new PluginLines(file());
        assertThat(lines.find("crm.env")).isEmpty();

        write("crm.env = A, B");
        assertThat(lines.find("crm.env")).contains("A, B");

        Files.delete(file());
        assertThat(lines.find("crm.env")).isEmpty();
        assertThat(lines.trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"# Gr\u00fc\u00dfe\ncrm.location = bundle", "crm.location = bundle\nx = \\users"})
    void ofBeforeHoldWhileTheFileIsMalformed(String text) throws IOException {
        write("crm.location = worker");
        PluginLines lines = new PluginLines(file());

        Files.write(file(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lines.find("crm.location")).contains("worker");
        assertThat(lines.trouble().orElseThrow())
                .startsWith(file() + " is malformed: ")
                .endsWith("What it said before holds until it is mended.");

        write("crm.location = bundle");
        assertThat(lines.find("crm.location")).contains("bundle");
        assertThat(lines.trouble()).isEmpty();
    }

    @Test
    void areNotTakenForNothingWhenTheyNeverWereGood() throws IOException {
        write("crm.location = \\users");
        PluginLines lines = new PluginLines(file());

        assertThatThrownBy(() -> lines.find("crm.location"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is malformed")
                .hasMessageEndingWith("Nothing of it holds until it is mended.");
    }

    @Test
    void ofBeforeHoldWhileThereIsNoFileToRead() throws IOException {
        write("crm.location = worker");
        PluginLines lines = new PluginLines(file());

        Files.delete(file());
        Files.createDirectory(file());
        assertThat(lines.find("crm.location")).contains("worker");
        assertThat(lines.trouble().orElseThrow()).contains("it can't be read");

        Files.delete(file());
        assertThat(lines.find("crm.location")).isEmpty();
        assertThat(lines.trouble()).isEmpty();
    }

    private Path file() {
        return etc.resolve("plugins.properties");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }
}
