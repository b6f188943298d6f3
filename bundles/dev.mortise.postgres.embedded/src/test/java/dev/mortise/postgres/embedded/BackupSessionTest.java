// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupSessionTest {
    @TempDir
    private Path data;

    @Test
    void isRefusedByAServerThatHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(data.resolve("postgres"));
            String port = Integer.toString(silent.getLocalPort());
            Files.write(data.resolve("postgres/postmaster.pid"), List.of("1", "", "", port, "", "", "", "ready   "));
            Passwords.random().write(data.resolve("postgres-passwords"));

            assertThatThrownBy(() -> BackupSession.begin(data, Duration.ofSeconds(1)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("timed out");
        }
    }
}
