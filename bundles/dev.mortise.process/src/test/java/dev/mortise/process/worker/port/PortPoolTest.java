// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class PortPoolTest {
    /** Another one each time, for tests may run beside one another on this machine. */
    private static final int BASE = 16_500 + 10 * ThreadLocalRandom.current().nextInt(50);

    private static final PortRange RANGE = new PortRange(BASE, BASE + 4);

    private final PortPool pool = new PortPool();

    private HeldPort take() throws NoPort {
        return pool.take("email", RANGE, "workers.ports");
    }

    @Test
    void givesEachPortOnceAndTakesItBack() throws NoPort {
        List<HeldPort> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(take());
        }
        assertThat(held).extracting(HeldPort::number).containsExactly(BASE, BASE + 1, BASE + 2, BASE + 3, BASE + 4);
        assertThatThrownBy(this::take)
                .hasMessage("No free worker port in " + RANGE + " for plugin 'email'. 5 of 5 are allocated."
                        + " Widen workers.ports.");

        held.get(3).close();
        held.get(3).close();
        assertThat(pool.size()).isEqualTo(4);
        HeldPort again = take();
        assertThat(again.number()).isEqualTo(BASE + 3);

        again.close();
        held.forEach(HeldPort::close);
        assertThat(pool.size()).isZero();
    }

    @Test
    void doesNotGiveAPortBackAtOnce() throws NoPort {
        HeldPort first = take();
        first.close();
        try (HeldPort next = take()) {
            assertThat(next.number()).isNotEqualTo(first.number());
        }
    }

    @Test
    void goesRoundPortsThatOthersListenAt() throws Exception {
        try (ServerSocket other = new ServerSocket(BASE, 1, InetAddress.getLoopbackAddress());
                ServerSocket everywhere = new ServerSocket(BASE + 1, 1);
                HeldPort port = take()) {
            assertThat(other.isBound() && everywhere.isBound()).isTrue();
            assertThat(port.number()).isEqualTo(BASE + 2);
        }
    }

    @Test
    void leavesTheHeldPortToAProgramThatListensEverywhere() throws Exception {
        try (HeldPort port = take();
                ServerSocket everywhere = new ServerSocket(port.number(), 1)) {
            assertThat(everywhere.isBound()).isTrue();
        }
    }

    @Test
    void readsRanges() {
        assertThat(PortRange.parse("workers.ports", "15000-15999")).isEqualTo(new PortRange(15_000, 15_999));
        assertThat(PortRange.parse("workers.ports", " 15000 ")).isEqualTo(new PortRange(15_000, 15_000));
        for (String bad : List.of("", "x", "0-1", "2-1", "1-70000", "1-2-3", "-1")) {
            assertThatThrownBy(() -> PortRange.parse("workers.ports", bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Takes ports in a process of its own until there is none, and keeps them until it is told to end. */
    static final class Other {
        public static void main(String[] args) throws IOException {
            int base = Integer.parseInt(args[0]);
            PortPool pool = new PortPool();
            List<HeldPort> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(pool.take("other", new PortRange(base, base + 999), "workers.ports"));
                    System.out.println(held.get(held.size() - 1).number());
                }
            } catch (NoPort e) {
                System.out.println("none");
            }
            int unused = System.in.read();
        }
    }

    @Test
    void neverGivesAPortThatAnotherContainerHas() throws Exception {
        int base = 17_000 + 1000 * ThreadLocalRandom.current().nextInt(14);
        List<Process> others = List.of(other(base), other(base));
        try {
            List<Integer> all = new ArrayList<>();
            for (Process other : others) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null && !line.equals("none"); line = lines.readLine()) {
                    all.add(Integer.valueOf(line));
                }
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(1000);
        } finally {
            others.forEach(Process::destroyForcibly);
        }
    }

    private static Process other(int base) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        String.valueOf(base))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
