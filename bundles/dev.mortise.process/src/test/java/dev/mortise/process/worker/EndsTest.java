// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsTest {
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

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Worker only(WorkerFleet fleet) {
        return fleet.workers().get(0);
    }

    private long pid(WorkerFleet fleet) throws Exception {
        return ((Number) house.tell(fleet, "acme").get("pid")).longValue();
    }

    @Test
    void tellsOneBeforeItEndsIt() throws Exception {
        WorkerFleet fleet = house().node("");
        long pid = pid(fleet);

        long begin = System.nanoTime();
        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(alive(pid)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThatThrownBy(() -> house.tell(fleet, "acme"))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("runs no more");
        fleet.retire().toCompletableFuture().get(1, TimeUnit.SECONDS);
    }

    @Test
    void endsOneThatDoesNotWantTo() throws Exception {
        settings.disable = Duration.ofMillis(200);
        settings.terminate = Duration.ofSeconds(1);
        WorkerFleet fleet = house().node("stubborn");
        long pid = pid(fleet);

        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(alive(pid)).isFalse();
    }

    @Test
    void letsCallsFinishFirst() throws Exception {
        WorkerFleet fleet = house().node("");
        Taken call = fleet.take(ACME, System.nanoTime() + Duration.ofSeconds(30).toNanos());
        long pid = only(fleet).pid().orElseThrow();

        CompletableFuture<Void> end = fleet.retire().toCompletableFuture();

        assertThatThrownBy(() -> end.get(700, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(alive(pid)).isTrue();
        call.done(End.WELL);
        end.get(30, TimeUnit.SECONDS);
        assertThat(alive(pid)).isFalse();
    }

    @Test
    void endsWhatAProcessStartedWithIt() throws Exception {
        WorkerFleet fleet = house().node("");
        long near = number(house.call(fleet, "acme", "POST", "/fork", Map.of("detached", false)));
        long far = number(house.call(fleet, "acme", "POST", "/fork", Map.of("detached", true)));
        assertThat(alive(near) && alive(far)).isTrue();

        house.call(fleet, "acme", "POST", "/exit", Map.of("status", 0));

        await().until(() -> !alive(near) && !alive(far));
    }

    private static long number(Map<?, ?> answer) {
        return ((Number) answer.get("pid")).longValue();
    }

    @Test
    void endsOneThatNobodyCalls() throws Exception {
        settings.idle = Duration.ofSeconds(1);
        WorkerFleet fleet = house().node("");
        long pid = pid(fleet);

        await().until(() -> only(fleet).state() == RuntimeState.STOPPED && !alive(pid));

        assertThat(only(fleet).reason()).isEqualTo("Nobody called it for 1 s.");
        assertThat(pid(fleet)).isNotEqualTo(pid);
    }

    @Test
    void takesNoneForIdleInWhichACallRuns() throws Exception {
        settings.idle = Duration.ofSeconds(1);
        WorkerFleet fleet = house().node("");
        Taken call = fleet.take(ACME, System.nanoTime() + Duration.ofSeconds(30).toNanos());

        await().during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> only(fleet).state() == RuntimeState.READY);

        call.done(End.WELL);
        await().until(() -> only(fleet).state() == RuntimeState.STOPPED);
    }

    @Test
    void obeysOperators() throws Exception {
        WorkerFleet fleet = house().node("");
        long first = pid(fleet);

        fleet.command(Command.STOP, ACME, Optional.empty()).get(30, TimeUnit.SECONDS);
        assertThat(alive(first)).isFalse();
        assertThatThrownBy(() -> house.tell(fleet, "acme"))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("An operator stopped it.");

        fleet.command(Command.START, Optional.empty(), Optional.of(0)).get(30, TimeUnit.SECONDS);
        long second = pid(fleet);
        fleet.command(Command.RESTART, ACME, Optional.empty()).get(30, TimeUnit.SECONDS);
        assertThat(pid(fleet)).isNotIn(first, second);
        assertThatThrownBy(
                        () -> fleet.command(Command.START, ACME, Optional.of(7)).get(30, TimeUnit.SECONDS))
                .hasMessageContaining(
                        "Plugin 'shop' has no process 7: it has 1 for the same tenants, counted from 0. 'workers' lists"
                                + " them.");
    }

    @Test
    void saysWhatAnOrderMissesThatMeansNobody() throws Exception {
        House here = house();
        WorkerFleet each = here.node("");
        assertThatThrownBy(() -> each.command(Command.RESTART, Optional.empty(), Optional.empty())
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining(
                        "Plugin 'shop' has no process yet. That of a tenant is started by its first call, or by"
                                + " 'worker start shop --tenant <tenant>'.");

        WorkerFleet all = here.node(House.runtime(Scope.CONTAINER, 1, "node", "worker.js"));
        long pid = ((Number) here.tell(all, "acme").get("pid")).longValue();
        assertThatThrownBy(
                        () -> all.command(Command.STOP, ACME, Optional.empty()).get(30, TimeUnit.SECONDS))
                .hasMessageContaining("Plugin 'shop' has processes for all tenants together. Leave the tenant out.");
        assertThat(alive(pid)).isTrue();
    }

    @Test
    void stopsOneThatIsStillStarting() throws Exception {
        WorkerFleet fleet = house().node("deaf");
        CompletableFuture<?> start = fleet.start(ACME);
        await().until(() -> only(fleet).pid().isPresent());
        long pid = only(fleet).pid().orElseThrow();

        fleet.command(Command.STOP, ACME, Optional.empty()).get(30, TimeUnit.SECONDS);

        assertThat(alive(pid)).isFalse();
        assertThat(only(fleet).state()).isEqualTo(RuntimeState.STOPPED);
        assertThatThrownBy(() -> start.get(10, TimeUnit.SECONDS)).hasMessageContaining("stopped while it started");
    }

    @Test
    void forgetsATenantThatDisabledIt() throws Exception {
        WorkerFleet fleet = house().node("");
        long acme = pid(fleet);
        Object globex = house.tell(fleet, "globex").get("pid");

        fleet.disable("acme").get(30, TimeUnit.SECONDS);

        assertThat(alive(acme)).isFalse();
        assertThat(fleet.workers()).extracting(Worker::tenant).containsExactly(Optional.of("globex"));
        assertThat(house.tell(fleet, "globex").get("pid")).isEqualTo(globex);
        fleet.disable("nobody").get(5, TimeUnit.SECONDS);
    }

    @Test
    void endsAllWithTheContainer() throws Exception {
        House here = house();
        WorkerFleet fleet = here.node("");
        List<Long> pids =
                List.of(pid(fleet), ((Number) here.tell(fleet, "globex").get("pid")).longValue());

        here.workers.close();

        assertThat(pids).noneMatch(EndsTest::alive);
    }
}
