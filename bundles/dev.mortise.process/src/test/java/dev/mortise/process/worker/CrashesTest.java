// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.process.worker.WorkerSettings.Restarts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashesTest {
    private static final Optional<String> ACME = Optional.of("acme");

    @TempDir
    Path home;

    private final TestSettings settings = new TestSettings();
    private House house;

    private House house() {
        house = new House(home, settings);
        return house;
    }

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
            assertThat(house.supplies.out)
                    .as("what was handed over and not released")
                    .isEmpty();
        }
    }

    private static Worker only(WorkerFleet fleet) {
        return fleet.workers().get(0);
    }

    private long pid(WorkerFleet fleet) throws Exception {
        return ((Number) house.tell(fleet, "acme").get("pid")).longValue();
    }

    @Test
    void startsOneAnewThatWasKilledWhileCallersWait() throws Exception {
        // a pause that no look misses, however busy the machine is
        settings.restarts = new Restarts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(600), 10);
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        Worker gone = await().until(() -> only(fleet), worker -> worker.state() == RuntimeState.ERROR);
        assertThat(gone.reason()).startsWith("It was ended by SIGKILL.");
        assertThat(gone.nextTryAt()).isPresent();
        assertThat(gone.port()).isZero();

        assertThat(pid(fleet)).isNotEqualTo(first);
        assertThat(only(fleet).restarts()).isEqualTo(1);
        assertThat(house.meters.of("mortise.workers.starts").values()).containsExactly(2L);
        assertThat(house.meters.of("mortise.workers.crashes").values()).containsExactly(1L);
        assertThat(house.meters.of("mortise.workers.running").values()).containsExactly(1L);
    }

    @Test
    void startsOneAnewWhoseGuardWasKilled() throws Exception {
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        ProcessHandle.of(first).flatMap(ProcessHandle::parent).orElseThrow().destroyForcibly();

        await().until(() -> ProcessHandle.of(first).isEmpty());
        assertThat(reached(fleet)).isNotEqualTo(first);
    }

    @Test
    void givesUpAfterTheLimitUntilAnOperatorStartsIt() throws Exception {
        settings.restarts = new Restarts(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(600), 3);
        WorkerFleet fleet = house().node("dies");

        assertThatThrownBy(() -> fleet.start(ACME).get(30, TimeUnit.SECONDS)).hasMessageContaining("It ended with 3");
        await().until(() -> only(fleet).restarts() == 4);

        assertThat(only(fleet).state()).isEqualTo(RuntimeState.ERROR);
        assertThat(only(fleet).nextTryAt()).isEmpty();
        assertThat(only(fleet).reason()).contains("worker restart");
        assertThatThrownBy(() -> fleet.take(
                        ACME, System.nanoTime() + Duration.ofSeconds(30).toNanos()))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("no license");
        int handedOver = house.supplies.given.size();
        assertThat(handedOver).isEqualTo(4);
        assertThatThrownBy(() ->
                        fleet.command(Command.START, ACME, Optional.empty()).get(30, TimeUnit.SECONDS))
                .hasMessageContaining("It ended with 3");
        assertThat(house.supplies.given.size()).isGreaterThan(handedOver);
    }

    @Test
    void replacesOneThatHangs() throws Exception {
        settings.health = Duration.ofMillis(200);
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        house.call(fleet, "acme", "POST", "/deafen", "");

        await().atMost(Duration.ofSeconds(30)).until(() -> only(fleet).restarts() == 1);
        assertThat(pid(fleet)).isNotEqualTo(first);
        assertThat(ProcessHandle.of(first)).isEmpty();
    }

    @Test
    void givesNoMoreCallsToOneThatWasNotReachedUntilItAnswers() throws Exception {
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        // while it is held, it can't answer before it is looked at
        signal(first, "STOP");
        fleet.take(ACME, soon()).done(End.UNREACHED);
        assertThatThrownBy(() -> fleet.take(ACME, System.nanoTime()))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("It is not ready yet.");
        signal(first, "CONT");

        // it is asked at once, and not only when that would be due
        assertThat(pid(fleet)).isEqualTo(first);
        assertThat(only(fleet).restarts()).isZero();
    }

    private static void signal(long pid, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void letsCallsWaitForTheOneAfterThatWhichWasNotReached() throws Exception {
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);
        house.call(fleet, "acme", "POST", "/deafen", "");

        fleet.take(ACME, soon()).done(End.UNREACHED);

        assertThat(pid(fleet)).isNotEqualTo(first);
        assertThat(only(fleet).restarts()).isEqualTo(1);
        assertThat(ProcessHandle.of(first)).isEmpty();
    }

    @Test
    void neverGivesOneThatIsGone() throws Exception {
        WorkerFleet fleet = house().node("");
        for (int i = 1; i <= 3; i++) {
            long here = pid(fleet);
            ProcessHandle.of(here).flatMap(ProcessHandle::parent).orElseThrow().destroyForcibly();
            ProcessHandle.of(here).ifPresent(ProcessHandle::destroyForcibly);

            // its end is heard of at another time on another thread: a call that comes before waits all the same
            assertThat(reached(fleet)).isNotEqualTo(here);
        }
    }

    /** Calls as the gateway does: what was not answered goes to the one that is given next. */
    private long reached(WorkerFleet fleet) throws Exception {
        while (true) {
            try {
                return pid(fleet);
            } catch (RemoteFault fault) {
                assertThat(fault).hasMessageNotContaining("does not run");
            }
        }
    }

    @Test
    void letsCallsWaitNoLongerThanConfigured() throws Exception {
        settings.wait = Duration.ofMillis(300);
        WorkerFleet fleet = house().node("deaf");

        long begin = System.nanoTime();
        assertThatThrownBy(() -> fleet.take(ACME, soon()))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("It is not ready yet.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofSeconds(30).toNanos();
    }

    /** As many calls as there are connections to one peer: nobody can ask it how it is meanwhile. */
    @Test
    void takesNoneForHungThatAllConnectionsAreInUseOf() throws Exception {
        settings.health = Duration.ofMillis(100);
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);
        ExecutorService callers = Executors.newFixedThreadPool(House.CONNECTIONS);
        try {
            for (int i = 0; i < House.CONNECTIONS; i++) {
                callers.submit(() -> house.call(fleet, "acme", "GET", "/hang", ""));
            }

            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            only(fleet).restarts() == 0 && only(fleet).pid().equals(Optional.of(first)));
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void showsHowOneSaysThatItIs() throws Exception {
        settings.health = Duration.ofMillis(100);
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        house.call(fleet, "acme", "POST", "/health", Map.of("status", 200, "body", Map.of("status", "degraded")));
        await().until(() -> only(fleet).state() == RuntimeState.DEGRADED);
        assertThat(pid(fleet)).isEqualTo(first);

        house.call(fleet, "acme", "POST", "/health", Map.of("status", 503, "body", Map.of()));
        await().until(() -> only(fleet).state() == RuntimeState.ERROR);
        assertThat(only(fleet).reason()).isEqualTo("It says that it is not well: /health is answered with 503.");
        assertThatThrownBy(() -> house.tell(fleet, "acme"))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("not well");
        assertThat(only(fleet).pid()).contains(first);
    }

    @Test
    void takesAnotherPortWhenSomebodyWasFaster() throws Exception {
        // what the test itself listens at, while the program is told that it is free, is a lost race
        settings.ports = new dev.mortise.process.worker.port.PortRange(16_400, 16_402);
        String racer = House.resource("worker.js")
                .replace(
                        "setTimeout(() => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'), mode === 'odd-dies' ? 1500 : 0);",
                        """
                    const port = Number(process.env.MORTISE_WORKER_PORT);
                    if (port === 16400) {
                      require('node:child_process').spawn('node', ['-e',
                        `require('node:net').createServer((s) => s.destroy()).listen(${port}, '127.0.0.1'); setTimeout(() => process.exit(), 20000)`],
                        { detached: true, env: {}, stdio: 'ignore' }).unref();
                      const look = () => require('node:net').connect(port, '127.0.0.1')
                        .on('connect', () => process.exit(1)).on('error', () => setTimeout(look, 50));
                      look();
                    } else {
                      server.listen(port, '127.0.0.1');
                    }
                    """);
        WorkerFleet fleet = house().fleet(House.tenants("node", "worker.js"), Map.of("worker.js", racer));

        fleet.start(ACME).get(30, TimeUnit.SECONDS);

        assertThat(only(fleet).port()).isBetween(16_401, 16_402);
        assertThat(only(fleet).restarts()).isZero();
    }
}
