// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {
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

    @Test
    void startsOneAndTellsItsSurface() throws Exception {
        WorkerFleet fleet = house().node("");

        Surface surface = fleet.start(Optional.of("acme")).get(30, TimeUnit.SECONDS);

        assertThat(surface.routes()).containsExactly(new WorkerFleet.Route("GET", "/tell"));
        assertThat(surface.tools()).containsExactly("{\"name\":\"sum\"}");
        Worker worker = fleet.workers().get(0);
        assertThat(worker.state()).isEqualTo(RuntimeState.READY);
        assertThat(worker.port()).isBetween(16_100, 16_399);
        assertThat(worker.rssBytes().orElseThrow()).isGreaterThan(1 << 20);
        assertThat((Object) worker.pid().orElseThrow())
                .isEqualTo(((Number) house.tell(fleet, "acme").get("pid")).longValue());
        await().until(() -> house.records.entries.size() == 1);
        assertThat(house.records.entries.values().iterator().next().place().pid())
                .isEqualTo(worker.pid().orElseThrow());
        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);
        await().until(house.records.entries::isEmpty);
        assertThat(fleet.workers().get(0).state()).isEqualTo(RuntimeState.STOPPED);
    }

    @Test
    void givesWhatTheContractSaysAndNothingElse() throws Exception {
        WorkerFleet fleet = house().node("");

        // what it is handed comes on a way of its own
        Map<?, ?> told =
                await().until(() -> house.tell(fleet, "acme"), answer -> ((List<?>) answer.get("lines")).size() == 1);

        Map<?, ?> env = (Map<?, ?>) told.get("env");
        assertThat(env.keySet())
                .extracting(String::valueOf)
                .containsExactlyInAnyOrder(
                        "MORTISE_PLUGIN_ID",
                        "MORTISE_WORKER_PORT",
                        "MORTISE_CORE_URL",
                        "MORTISE_MODE",
                        "MORTISE_TENANT_ID",
                        "PATH",
                        "HOME",
                        "TMPDIR",
                        "LANG",
                        "TZ");
        assertThat(env.get("PATH")).isEqualTo(TestSettings.PATH);
        assertThat(told.toString()).contains("s3cret").contains("hidden").contains("credential-0");
        assertThat(env.toString() + told.get("argv")).doesNotContain("s3cret", "hidden", "credential");
        assertThat(told.get("cwd").toString())
                .startsWith(home.resolve("data/work").toString());
        assertThat(Path.of(env.get("HOME").toString())).isDirectory();
        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(Path.of(env.get("HOME").toString())).doesNotExist();
        await().until(() -> !Files.exists(Path.of(told.get("cwd").toString())));
    }

    @Test
    void givesAProcessItsNextCredential() throws Exception {
        WorkerFleet fleet = house().node("");
        house.tell(fleet, "acme");

        fleet.renew(house.supplies.given.get(0), "credential-next");

        await().untilAsserted(() ->
                assertThat(house.tell(fleet, "acme").get("lines").toString()).contains("credential-next"));
    }

    @Test
    void startsOneForTwentyFirstCalls() throws Exception {
        WorkerFleet fleet = house().node("");
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            List<Future<Map<?, ?>>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(callers.submit(() -> house.tell(fleet, "acme")));
            }
            Object pid = calls.get(0).get().get("pid");
            for (Future<Map<?, ?>> call : calls) {
                assertThat(call.get().get("pid")).isEqualTo(pid);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(house.supplies.given).hasSize(1);
    }

    @Test
    void startsOneForTwentyOrdersToStartIt() throws Exception {
        WorkerFleet fleet = house().node("");

        List<CompletableFuture<Surface>> starts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            starts.add(fleet.start(Optional.of("acme")));
        }
        for (CompletableFuture<Surface> start : starts) {
            start.get(30, TimeUnit.SECONDS);
        }

        assertThat(house.supplies.given).hasSize(1);
    }

    @Test
    void hasOneForEachTenantOrOneForAll() throws Exception {
        House here = house();
        WorkerFleet each = here.node("");
        WorkerFleet all = here.node(House.runtime(Scope.CONTAINER, 1, "node", "worker.js"));

        assertThat(here.tell(each, "acme").get("pid"))
                .isNotEqualTo(here.tell(each, "globex").get("pid"));
        assertThat(here.tell(all, "acme").get("pid"))
                .isEqualTo(here.tell(all, "globex").get("pid"));
        assertThat(((Map<?, ?>) here.tell(all, "acme").get("env")).containsKey("MORTISE_TENANT_ID"))
                .isFalse();
        assertThat(each.workers()).extracting(Worker::tenant).contains(Optional.of("acme"), Optional.of("globex"));
    }

    @Test
    void spreadsCallsOverInstancesAndGoesRoundOneThatMissesThem() throws Exception {
        WorkerFleet fleet = house().node(House.runtime(Scope.CONTAINER, 3, "node", "worker.js"));
        fleet.start(Optional.empty()).get(30, TimeUnit.SECONDS);
        assertThat(fleet.workers()).extracting(Worker::instance).containsExactly(0, 1, 2);

        List<Taken> taken = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            taken.add(fleet.take(Optional.of("acme"), System.nanoTime() + 1_000_000_000L));
        }

        assertThat(taken).extracting(one -> one.peer().baseUrl()).containsAll(urls(fleet));
        String bad = taken.get(0).peer().baseUrl();
        taken.forEach(one -> one.done(
                one.peer().baseUrl().equals(bad)
                        ? dev.mortise.kernel.port.RemoteInstances.End.MISSED
                        : dev.mortise.kernel.port.RemoteInstances.End.WELL));
        for (int i = 0; i < 30; i++) {
            Taken one = fleet.take(Optional.of("acme"), System.nanoTime() + 1_000_000_000L);
            assertThat(one.peer().baseUrl()).isNotEqualTo(bad);
            one.done(dev.mortise.kernel.port.RemoteInstances.End.WELL);
        }
    }

    private static List<String> urls(WorkerFleet fleet) {
        return fleet.workers().stream()
                .map(worker -> "http://127.0.0.1:" + worker.port())
                .toList();
    }

    @Test
    void neverLeavesOutTheOnlyOne() throws Exception {
        WorkerFleet fleet = house().node("");
        for (int i = 0; i < 10; i++) {
            fleet.take(
                            Optional.of("acme"),
                            System.nanoTime() + Duration.ofSeconds(30).toNanos())
                    .done(dev.mortise.kernel.port.RemoteInstances.End.MISSED);
        }

        assertThat(house.tell(fleet, "acme").get("calls")).isEqualTo(1);
    }

    @Test
    void saysWhyOneDidNotStart() throws Exception {
        settings.ready = Duration.ofSeconds(20);
        House here = house();

        assertThatThrownBy(() -> here.node("dies").start(Optional.of("acme")).get(30, TimeUnit.SECONDS))
                .hasMessageContaining("It ended with 3. Its last line: no license");
        assertThatThrownBy(() -> here.node("other").start(Optional.of("acme")).get(30, TimeUnit.SECONDS))
                .hasMessageContaining("It says that it is 'other' 9.0.0, and 'shop' 1.0.0 is expected.");
        assertThatThrownBy(() -> here.node(House.tenants("nothing-like-it"))
                        .start(Optional.of("acme"))
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("its program was not found");
        assertThatThrownBy(() -> here.fleet(House.tenants("node"), Map.of())
                        .start(Optional.of("acme"))
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("its folder worker/ is missing or empty");
    }

    @Test
    void tellsCallersInTheirTimeThatItIsNotReady() throws Exception {
        WorkerFleet fleet = house().node("deaf");

        assertThatThrownBy(() -> fleet.take(
                        Optional.of("acme"),
                        System.nanoTime() + Duration.ofMillis(300).toNanos()))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("Plugin 'shop' does not run in a process of its own: It is not ready yet.")
                .extracting(fault -> ((RemoteFault) fault).kind())
                .isEqualTo(RemoteFault.Kind.NEVER_SENT);
        assertThat(fleet.workers().get(0).state()).isEqualTo(RuntimeState.STARTING);
    }

    @Test
    void refusesMoreThanAreAllowed() throws Exception {
        settings.max = 1;
        WorkerFleet fleet = house().node("");
        house.tell(fleet, "acme");

        assertThatThrownBy(() -> house.tell(fleet, "globex"))
                .isInstanceOf(RemoteFault.class)
                .hasMessageContaining("It has 1 processes, and 1 are allowed (workers.max.per.plugin).");
    }

    /** Those of tenants whose process does not start must leave places to those of others. */
    @Test
    void letsNoMoreCallsWaitThanConfigured() throws Exception {
        settings.waiting = 2;
        WorkerFleet fleet = house().node("deaf");
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 2; i++) {
                callers.submit(() -> house.tell(fleet, "acme"));
            }
            await().untilAsserted(() -> assertThat(
                            house.meters.of("mortise.workers.waiting").values())
                    .containsExactly(2L));

            assertThatThrownBy(() -> house.tell(fleet, "globex"))
                    .isInstanceOf(RemoteFault.class)
                    .hasMessageContaining("2 calls wait for a process of it already (workers.wait.max).");
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void letsCallsWaitForTheOtherOneWhereOneDoesNotStart() throws Exception {
        settings.ports = new dev.mortise.process.worker.port.PortRange(16_500, 16_501);
        WorkerFleet fleet = house().node(House.runtime(Scope.CONTAINER, 2, "node", "worker.js", "odd-dies"));

        assertThat(house.tell(fleet, "acme").get("calls")).isEqualTo(1);
    }

    @Test
    void startsOneWhileAnotherWaitsForTheEndOfThatBeforeIt() throws Exception {
        settings.parallel = 1;
        House here = house();
        WorkerFleet busy = here.node("");
        Taken call = busy.take(
                Optional.of("acme"), System.nanoTime() + Duration.ofSeconds(30).toNanos());
        var restart = busy.command(WorkerFleet.Command.RESTART, Optional.of("acme"), Optional.empty());

        here.node("").start(Optional.of("acme")).get(15, TimeUnit.SECONDS);

        assertThat(restart).isNotDone();
        call.done(dev.mortise.kernel.port.RemoteInstances.End.WELL);
        restart.get(30, TimeUnit.SECONDS);
    }
}
