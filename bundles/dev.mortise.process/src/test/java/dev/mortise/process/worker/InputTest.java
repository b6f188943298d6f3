// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are told more than a pipe holds, and read it or not. */
class InputTest {
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
        house.close();
        assertThat(house.supplies.out).isEmpty();
    }

    @Test
    void handsOverMoreThanAPipeHolds() throws Exception {
        House here = house();
        here.supplies.padding = "x".repeat(1 << 20);
        WorkerFleet fleet = here.node("");

        fleet.start(Optional.of("acme")).get(30, TimeUnit.SECONDS);

        await().until(() -> here.tell(fleet, "acme").get("lines").toString().length() > 1 << 20);
    }

    @Test
    void endsOneThatNeverReadsWhatItIsHanded() throws Exception {
        House here = house();
        here.supplies.padding = "x".repeat(1 << 20);
        WorkerFleet fleet = here.node("unread");
        fleet.start(Optional.of("acme")).get(30, TimeUnit.SECONDS);
        long pid = fleet.workers().get(0).pid().orElseThrow();

        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    /** More than there are threads that tell processes something. */
    @Test
    void tellsAndEndsOthersWhileOneNeverReads() throws Exception {
        settings.auth = Duration.ofSeconds(3);
        House here = house();
        WorkerFleet other = here.node("");
        here.tell(other, "acme");
        here.supplies.padding = "x".repeat(1 << 20);
        WorkerFleet unread = here.node("unread");
        unread.start(Optional.of("acme")).get(30, TimeUnit.SECONDS);
        TenantPart part = new TenantPart(Map.of("padding", "x".repeat(1 << 10)), Optional.empty());
        for (int i = 0; i < 70; i++) {
            var unused = unread.update("acme", part);
        }

        other.update("acme", part).get(30, TimeUnit.SECONDS);

        // it may be asked before it has read what was written
        await().until(() -> ((List<?>) here.tell(other, "acme").get("lines")).size() == 2);
        for (int i = 0; i < 70; i++) {
            var unused = unread.update("acme", part);
        }
        other.retire().toCompletableFuture().get(20, TimeUnit.SECONDS);
        unread.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
