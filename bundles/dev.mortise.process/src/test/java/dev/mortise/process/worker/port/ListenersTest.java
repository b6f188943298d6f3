// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
    @Test
    void tellsThatSomebodyElseListens() throws Exception {
        int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        for (String address : List.of("127.0.0.1", "0.0.0.0")) {
            int port;
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(address))) {
                port = listener.getLocalPort();
                assertThat(Listeners.other(port, self)).isEmpty();
                assertThat(Listeners.other(port, self + 1)).contains(self);
            }
            assertThat(Listeners.other(port, self + 1)).isEmpty();
        }
    }
}
