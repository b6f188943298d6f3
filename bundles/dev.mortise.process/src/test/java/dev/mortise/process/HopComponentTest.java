// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.RemoteCalls;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HopComponentTest {
    /** Configuration with the defaults of its interface, and some keys as a test wants them. */
    private static ProcessConfig config(Map<String, Object> set) {
        InvocationHandler answers = (proxy, method, arguments) ->
                set.getOrDefault(method.getName(), Objects.requireNonNull(method.getDefaultValue()));
        return (ProcessConfig) Proxy.newProxyInstance(
                ProcessConfig.class.getClassLoader(), new Class<?>[] {ProcessConfig.class}, answers);
    }

    @Test
    void serversOfOthersMayBeAnywhereButWithoutTlsOnlyNearby() {
        HopComponent component = new HopComponent(config(Map.of()));

        for (String good : new String[] {"https://8.8.8.8", "http://127.0.0.1:9000", "http://10.0.0.7:9000"}) {
            assertThat(component.judgeServer(good)).as(good).isInstanceOf(RemoteCalls.Judgement.Good.class);
        }
        for (String bad : new String[] {"http://8.8.8.8", "https://169.254.169.254", "https://100.100.100.200"}) {
            assertThat(component.judgeServer(bad)).as(bad).isInstanceOf(RemoteCalls.Judgement.Refused.class);
        }
        component.deactivate();
    }

    @Test
    void allowsPrivateNetworksUnlessToldOtherwise() {
        HopComponent component = new HopComponent(config(Map.of()));

        assertThat(component.judge("http://10.0.0.7:9000")).isInstanceOf(RemoteCalls.Judgement.Good.class);
        assertThat(component.judge("http://127.0.0.1:9000"))
                .isInstanceOfSatisfying(RemoteCalls.Judgement.Refused.class, refused -> assertThat(refused.reason())
                        .contains("remote.addresses"));
        component.deactivate();
    }

    @Test
    void makesItsClientForTheFirstCallOnly() throws Exception {
        Set<Thread> before = threads(); // those of tests before may take their time to end
        HopComponent component = new HopComponent(config(Map.of("remote_addresses", "127.0.0.0/8")));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RemoteCalls.Judgement judged = component.judge("http://127.0.0.1:" + server.getLocalPort() + "/");
            RemoteCalls.Peer peer = ((RemoteCalls.Judgement.Good) judged).peer();
            assertThat(peer.baseUrl()).isEqualTo("http://127.0.0.1:" + server.getLocalPort());
            assertThat(before.containsAll(threads())).isTrue();

            new Thread(() -> answer(server)).start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            assertThat(component
                            .send(
                                    peer,
                                    new RemoteCalls.Outgoing("GET", "/", Headers.none(), Body.empty(), deadline, false))
                            .status())
                    .isEqualTo(204);
            assertThat(before.containsAll(threads())).isFalse();
        }
        component.deactivate();
        org.awaitility.Awaitility.await().until(() -> before.containsAll(threads()));
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[1024]);
            socket.getOutputStream().write("HTTP/1.1 204 X\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mortise-hop"))
                .collect(Collectors.toSet());
    }
}
