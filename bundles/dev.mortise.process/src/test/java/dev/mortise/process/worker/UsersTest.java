// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.process.worker.launch.Standing;
import dev.mortise.process.worker.port.PortRange;
import dev.mortise.process.worker.user.UserChoice;
import dev.mortise.process.worker.user.UserProcesses;
import dev.mortise.process.worker.user.UserRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Processes that run as users of their own. */
@EnabledIf(
        value = "isRoot",
        disabledReason = "Only root, or whoever has its capabilities, starts processes as other users.")
class UsersTest {
    static final String ROOT = "dev.mortise.process.worker.UsersTest#isRoot";

    private static final UserRange RANGE = new UserRange(64_700, 64_703);

    @TempDir
    Path home;

    private final TestSettings settings = new TestSettings();
    private House house;

    static boolean isRoot() throws Exception {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectories(home.resolve("data/secret"));
        settings.users = new UserChoice.Numbers(RANGE);
        settings.disable = Duration.ofMillis(500);
        settings.terminate = Duration.ofSeconds(1);
    }

    private House house() {
        house = new House(home, settings);
        return house;
    }

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
            assertThat(house.workers.users().given()).isZero();
            for (int user = RANGE.first(); user <= RANGE.last(); user++) {
                assertThat(new UserProcesses().any(user)).isFalse();
            }
        }
    }

    private Map<?, ?> told() throws Exception {
        WorkerFleet fleet = house().node("");
        return house.tell(fleet, "acme");
    }

    private int user(WorkerFleet fleet, String tenant) throws Exception {
        Object pid = house.tell(fleet, tenant).get("pid");
        return (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
    }

    @Test
    void givesEachOneItsOwnAndTheSameOneAgain() throws Exception {
        WorkerFleet fleet = house().node("");

        int acme = user(fleet, "acme");
        int globex = user(fleet, "globex");

        assertThat(List.of(acme, globex)).allMatch(RANGE::has).doesNotHaveDuplicates();
        assertThat(house.workers.users().given()).isEqualTo(2);
        assertThat(house.workers.users().standing()).isEqualTo(new Standing.Numbers(RANGE));
        fleet.command(WorkerFleet.Command.RESTART, Optional.of("acme"), Optional.empty())
                .get(30, TimeUnit.SECONDS);
        assertThat(user(fleet, "acme")).isEqualTo(acme);
    }

    @Test
    void mayWriteIntoItsFoldersAndIntoNothingThatOthersHave() throws Exception {
        WorkerFleet fleet = house().node("");
        Map<?, ?> told = house.tell(fleet, "acme");
        Path home = Path.of(((Map<?, ?>) told.get("env")).get("HOME").toString());
        Path begin = Path.of(told.get("cwd").toString());

        int user = user(fleet, "acme");
        for (Path folder : List.of(home, home.resolveSibling("tmp"), begin)) {
            assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(user);
            assertThat(permissions(folder)).isEqualTo("rwx------");
        }
        assertThat(permissions(home.getParent())).isEqualTo("rwx--x---");
        assertThat(Files.getAttribute(home.getParent(), "unix:gid")).isEqualTo(user);
        assertThat(Files.getAttribute(begin.resolve("worker.js"), "unix:uid")).isEqualTo(0);
        assertThat(permissions(begin.resolve("worker.js"))).isEqualTo("rw-r--r--");
        assertThat(permissions(this.home.resolve("data/secret"))).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void canGainNoRights() throws Exception {
        WorkerFleet fleet = house().node("");

        Path status = Path.of("/proc/" + house.tell(fleet, "acme").get("pid") + "/status");

        assertThat(Files.readAllLines(status))
                .contains(
                        "NoNewPrivs:\t1",
                        "CapInh:\t0000000000000000",
                        "CapPrm:\t0000000000000000",
                        "CapEff:\t0000000000000000",
                        "CapBnd:\t0000000000000000",
                        "CapAmb:\t0000000000000000",
                        "Groups:\t ");
        assertThat(Files.readString(status.resolveSibling("limits"))).containsPattern("Max core file size +0 +0 ");
    }

    @Test
    void canGainNoRightsWithoutOneEither() throws Exception {
        settings.users = new UserChoice.Own();
        WorkerFleet fleet = house().node("");

        Path status = Path.of("/proc/" + house.tell(fleet, "acme").get("pid") + "/status");

        assertThat(Files.readAllLines(status)).contains("NoNewPrivs:\t1");
        assertThat(Files.readString(status.resolveSibling("limits"))).containsPattern("Max core file size +0 +0 ");
    }

    @Test
    void endsAllOfAUserWhoeverTheySayTheyAre() throws Exception {
        WorkerFleet fleet = house().fleet(
                        House.tenants("sh", "-c", "env -i setsid sleep 600 & exec node worker.js"),
                        Map.of("worker.js", House.resource("worker.js")));
        int user = user(fleet, "acme");

        house.call(fleet, "acme", "POST", "/exit", Map.of("status", 0));

        await().until(() -> fleet.workers().get(0).state() == RuntimeState.ERROR);
        await().until(() -> !new UserProcesses().any(user));
    }

    @Test
    void saysThatNoneIsLeft() throws Exception {
        WorkerFleet fleet = house().node("");
        for (String tenant : List.of("a", "b", "c", "d")) {
            house.tell(fleet, tenant);
        }

        assertThatThrownBy(() -> house.tell(fleet, "e"))
                .hasMessageContaining("No free user in 64700-64703 for plugin 'shop'. 4 of 4 are given to processes of"
                        + " this container, the others are in use elsewhere on this machine. Widen workers.uids.");

        fleet.disable("a").get(30, TimeUnit.SECONDS);
        assertThat(house.tell(fleet, "f")).isNotEmpty();
    }

    @Test
    void startsNoneWhereItCanNotReachItsFolder() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        WorkerFleet fleet = house().node("");

        String sentence = "workers.uids is 64700-64703, but user 64703 can't pass the folder " + home
                + ", in which lies what a process needs: chmod o+x " + home;
        assertThatThrownBy(() -> house.tell(fleet, "acme")).hasMessageContaining(sentence);
        assertThat(house.workers.users().standing()).isEqualTo(new Standing.Refused(sentence));

        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        await().untilAsserted(() -> assertThat(house.tell(fleet, "globex")).isNotEmpty());
    }

    @Test
    void startsNoneWithoutTheProgramThatChangesUsers() throws Exception {
        Path programs = Files.createDirectory(home.resolve("programs"));
        for (String name : List.of("sh", "setsid", "mkfifo", "node")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        settings.path = programs.toString();

        assertThatThrownBy(() -> told())
                .hasMessageContaining(
                        "workers.uids is 64700-64703, but that can't be tried: Program 'setpriv' is not in"
                                + " workers.path (" + programs + ")");
    }

    @Test
    void startsNoneThatCouldReadWhatIsTheContainersAlone() throws Exception {
        Path data = home.resolve("data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        Path open = Files.writeString(data.resolve("secrets-key"), "k");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(told()).isNotEmpty();
        assertThat(permissions(open)).as("closed before").isEqualTo("rw-------");
        house.close();

        Files.setAttribute(open, "unix:uid", 64_730);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> told())
                .hasMessageContaining(
                        "user 64703 can reach " + open + ", which is not for plugins: chmod o-rwx " + open);
    }

    /** The other one says what the process would say, but runs as another user: the process is tried at another port. */
    @Test
    void callsNobodyElseWhoTookItsPort() throws Exception {
        int port = 16_390;
        settings.ports = new PortRange(port, port);
        settings.ready = Duration.ofSeconds(5);
        WorkerFleet fleet = house().fleet(House.tenants("sleep", "600"), Map.of("read.me", "It sleeps."));
        CompletableFuture<?> start = fleet.start(Optional.of("acme"));
        await().until(() -> {
            assertThat(start).isNotDone();
            return ProcessHandle.current()
                    .descendants()
                    .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 600"));
        });
        AtomicInteger called = new AtomicInteger();
        HttpServer thief = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        thief.createContext("/", call -> {
            called.incrementAndGet();
            byte[] text = "{\"id\":\"shop\",\"version\":\"1.0.0\",\"routes\":[],\"tools\":[],\"protocol\":1}"
                    .getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, text.length);
            call.getResponseBody().write(text);
            call.close();
        });
        thief.start();
        try {
            assertThatThrownBy(() -> start.get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("No free worker port in " + port);
            assertThat(called).hasValue(0);
        } finally {
            thief.stop(0);
        }
    }
}
