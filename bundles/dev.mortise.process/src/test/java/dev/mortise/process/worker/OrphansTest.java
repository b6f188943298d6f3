// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.process.worker.launch.Launcher;
import dev.mortise.process.worker.user.UserChoice;
import dev.mortise.process.worker.user.UserProcesses;
import dev.mortise.process.worker.user.UserRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What is left of processes when their container was killed. */
class OrphansTest {
    private static final UserRange OTHERS = new UserRange(64_750, 64_750);

    @TempDir
    Path home;

    /** A container in a JVM of its own, with a stubborn process that has started others. */
    static final class Container {
        public static void main(String[] args) throws Exception {
            House house = new House(Path.of(args[0]), new TestSettings());
            WorkerFleet fleet = house.node("stubborn");
            house.call(fleet, "acme", "POST", "/fork", Map.of("detached", false));
            house.call(fleet, "acme", "POST", "/fork", Map.of("detached", true));
            System.out.println("pid " + fleet.workers().get(0).pid().orElseThrow());
            Thread.currentThread().join();
        }
    }

    /** The same with a process that reads nothing, and is told more than its pipes hold. */
    static final class Unheard {
        public static void main(String[] args) throws Exception {
            House house = new House(Path.of(args[0]), new TestSettings());
            house.supplies.padding = "x".repeat(1 << 20);
            WorkerFleet fleet = house.node("unread");
            house.call(fleet, "acme", "POST", "/fork", Map.of("detached", true));
            System.out.println("pid " + fleet.workers().get(0).pid().orElseThrow());
            Thread.currentThread().join();
        }
    }

    /** The same with a process of a user of its own, which has started one that does not show whose it is. */
    static final class Others {
        public static void main(String[] args) throws Exception {
            TestSettings settings = new TestSettings();
            settings.users = new UserChoice.Numbers(OTHERS);
            House house = new House(Path.of(args[0]), settings);
            WorkerFleet fleet = house.fleet(
                    House.tenants("sh", "-c", "env -i setsid sleep 600 & exec node worker.js stubborn"),
                    Map.of("worker.js", House.resource("worker.js")));
            house.tell(fleet, "acme");
            System.out.println("pid " + fleet.workers().get(0).pid().orElseThrow());
            Thread.currentThread().join();
        }
    }

    private Process container() throws IOException {
        return container(Container.class);
    }

    private Process container(Class<?> what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        what.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long pid(Process container) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(container.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("pid ")) {
                return Long.parseLong(line.substring(4));
            }
        }
        throw new AssertionError("The container ended.");
    }

    /** Answers the processes that have their home in this one. */
    private List<String> left() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> environment(process).contains("HOME=" + home))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void leavesNoneAfterFiveSecondsWhenTheContainerIsKilled() throws Exception {
        Process container = container();
        try {
            long pid = pid(container);
            assertThat(left()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(ProcessHandle.of(pid)).isPresent();
        } finally {
            container.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
        assertThat(home.resolve("run").toFile().list())
                .containsExactlyInAnyOrder("mortise-as", "mortise-guard", "mortise-undertaker");
    }

    @Test
    void leavesNoneThatHearsNoEndOfItsInput() throws Exception {
        Process container = container(Unheard.class);
        try {
            long pid = pid(container);
            assertThat(ProcessHandle.of(pid)).isPresent();
        } finally {
            container.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
    }

    @Test
    void leavesNoneWhoseGuardIsKilledToo() throws Exception {
        Process container = container();
        try {
            long pid = pid(container);
            long guard = ProcessHandle.of(pid)
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .pid();
            new ProcessBuilder("kill", "-KILL", String.valueOf(container.pid()), String.valueOf(guard))
                    .start()
                    .waitFor();
        } finally {
            container.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
    }

    private Process others() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        return container(Others.class);
    }

    private boolean othersLive() {
        return new UserProcesses().any(OTHERS.first());
    }

    @Test
    @EnabledIf(value = UsersTest.ROOT, disabledReason = "Only root starts processes as other users.")
    void leavesNoneOfAnotherUserWhenItsGuardIsKilledToo() throws Exception {
        Process container = others();
        try {
            long pid = pid(container);
            assertThat(othersLive()).isTrue();
            ProcessHandle guard =
                    ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow();
            new ProcessBuilder("kill", "-KILL", String.valueOf(container.pid()), String.valueOf(guard.pid()))
                    .start()
                    .waitFor();
        } finally {
            container.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> !othersLive() && left().isEmpty());
    }

    @Test
    @EnabledIf(value = UsersTest.ROOT, disabledReason = "Only root starts processes as other users.")
    void endsThoseOfOtherUsersThatAnEarlierRunLeft() throws Exception {
        Process container = others();
        try {
            long pid = pid(container);
            // nobody is left who would end it: neither its guard nor who waits for the end of the container
            for (ProcessHandle child : container.children().toList()) {
                child.destroyForcibly();
            }
            container.destroyForcibly().waitFor();
            assertThat(ProcessHandle.of(pid)).isPresent();

            TestSettings settings = new TestSettings();
            settings.users = new UserChoice.Numbers(OTHERS);
            try (House house = new House(home, settings)) {
                await().until(() -> ProcessHandle.of(pid).isEmpty());
                // there is one user alone, who is free again
                assertThat(house.tell(house.node(""), "acme")).isNotEmpty();
            }
            await().until(() -> !othersLive());
        } finally {
            container.destroyForcibly().waitFor();
        }
    }

    /** Whoever runs as that user can bind its port as soon as the container that had it is gone. */
    @Test
    @EnabledIf(value = UsersTest.ROOT, disabledReason = "Only root starts processes as other users.")
    void endsThoseOfOtherUsersWhoHoldThatUserThemselves() throws Exception {
        Process container = others();
        try (DatagramChannel claim = DatagramChannel.open(StandardProtocolFamily.INET)) {
            pid(container);
            for (ProcessHandle child : container.children().toList()) {
                child.destroyForcibly();
            }
            container.destroyForcibly().waitFor();
            await().ignoreExceptions().until(() -> claim.bind(new InetSocketAddress("127.0.252.238", 14_999)) == claim);
            assertThat(othersLive()).isTrue();

            new Launcher(new TestSettings().in(home).launch()).tidy();

            await().until(() -> !othersLive());
        } finally {
            container.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesNobodyBehindWhoWaitsForItsEndWhenItEndsInOrder() throws Exception {
        try (House house = new House(home, new TestSettings())) {
            house.tell(house.node(""), "acme");
            assertThat(left()).hasSizeGreaterThanOrEqualTo(4);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
    }

    @Test
    void endsThoseOfAnEarlierRunAndNobodyElse() throws Exception {
        Process container = container();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            long pid = pid(container);
            // with its guard gone, nobody is left who would end it
            ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow().destroyForcibly();
            container.destroyForcibly().waitFor();
            Files.createDirectories(home.resolve("run/0123"));
            Files.writeString(home.resolve("run/0123/pid"), stranger.pid() + "\n");

            new Launcher(new TestSettings().in(home).launch()).tidy();

            await().until(() -> left().isEmpty());
            assertThat(stranger.isAlive()).isTrue();
            assertThat(home.resolve("run")).doesNotExist();
        } finally {
            container.destroyForcibly().waitFor();
            stranger.destroyForcibly();
        }
    }

    @Test
    void goesOnWhereOthersRan() throws Exception {
        Process container = container();
        pid(container);
        container.destroyForcibly().waitFor();

        try (House house = new House(home, new TestSettings())) {
            WorkerFleet fleet = house.node("");
            house.tell(fleet, "acme");
            assertThat(fleet.workers().get(0).tenant()).isEqualTo(Optional.of("acme"));
        }
        await().until(() -> left().isEmpty());
    }
}
