// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdTest {
    @TempDir
    private Path home;

    @Test
    void makesAnIdOnceAndKeepsIt() throws Exception {
        String id = NodeId.of(home.toString());

        assertThat(NodeId.of(home.toString())).isEqualTo(id);
        assertThat(home.resolve("data/node-id")).hasContent(id + "\n");
    }

    @Test
    void takesTheIdThatIsThere() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/node-id"), "node-7\n");

        assertThat(NodeId.of(home.toString())).isEqualTo("node-7");
    }

    @Test
    void fillsAFileThatAStartLeftEmpty() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.createFile(home.resolve("data/node-id"));

        String id = NodeId.of(home.toString());

        assertThat(id).isNotEmpty();
        assertThat(home.resolve("data/node-id")).hasContent(id + "\n");
    }

    @Test
    void lastsAsLongAsTheProcessWithoutAHome() {
        assertThat(NodeId.of("")).isNotEqualTo(NodeId.of(""));
    }
}
