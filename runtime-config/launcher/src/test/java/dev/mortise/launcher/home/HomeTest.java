// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsFoldersToTheOwner() throws IOException {
        Home home = Home.prepare(folder.resolve("a/b"));

        for (Path made : new Path[] {home.plugins(), home.etc(), home.data(), home.log()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void refusesAHomeThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Home.prepare(file)).hasMessageStartingWith("Home '" + file + "' can't be used");
    }

    @Test
    void isLockedByOneContainerAtATime() throws IOException {
        Home home = Home.prepare(folder);

        HomeLock lock = HomeLock.take(home);
        try (lock) {
            assertThatThrownBy(() -> HomeLock.take(home))
                    .hasMessage("Home '" + folder + "' is already in use by pid "
                            + ProcessHandle.current().pid() + ". Stop it, or choose another home with --home.");
        }
        HomeLock.take(home).close();
    }

    @Test
    void namesTheOwnerOfABusyPort() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListeningPort port = new ListeningPort("127.0.0.1", busy.getLocalPort());

            assertThatThrownBy(port::requireFree)
                    .hasMessage("Port " + busy.getLocalPort() + " is already in use by pid "
                            + ProcessHandle.current().pid() + " (java). Set MORTISE_HTTP_PORT.");
        }
    }

    @Test
    void refusesAnAddressOfAnotherMachine() {
        assertThatThrownBy(new ListeningPort("192.0.2.1", 8080)::requireFree)
                .hasMessage("http.host '192.0.2.1' is no address of this machine. Set MORTISE_HTTP_HOST.");
    }

    @Test
    void findsTheSocketOfAListener() {
        String listening =
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1";
        String connected = listening.replace(" 0A ", " 01 ");

        assertThat(PortOwner.listeningInode(listening, 8080)).contains("4711");
        assertThat(PortOwner.listeningInode(listening, 8081)).isEmpty();
        assertThat(PortOwner.listeningInode(connected, 8080)).isEmpty();
    }
}
