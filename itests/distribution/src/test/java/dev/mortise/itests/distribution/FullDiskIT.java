// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a home is full: callers and operators hear it, nothing is broken, and it goes on when there is room again. */
final class FullDiskIT {
    private static final Product PRODUCT = Product.find();
    private static final int MEGABYTES = 160;

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsToldBreaksNothingAndIsOverWhenThereIsRoom() throws Exception {
        Assumptions.assumeTrue(SmallDisk.possible(folder.resolve("disk")), "needs the right to mount");
        Path home = folder.resolve("disk");
        try (SmallDisk disk = SmallDisk.mount(home, MEGABYTES)) {
            Set<Integer> lost;
            try (Container container = Container.start(PRODUCT, home, Map.of()).awaitReady()) {
                container.drop(PRODUCT.example("inventory"), "inventory.jar");
                container.awaitState("inventory", "READY");
                StockKeeper keeper = StockKeeper.begin(container.client());
                try (keeper) {
                    Wait.until("work is done", () -> keeper.taken() > 10);
                    disk.fill();
                    whileFull(container, disk, keeper);
                    disk.free();
                    int then = keeper.taken();
                    Wait.until("work goes on", () -> keeper.taken() > then + 10);
                }
                System.out.println("answers beside 201: " + keeper.refusals());
                assertThat(keeper.refusals().keySet()).allMatch(told -> told.startsWith("503 "));
                comesIn(container);
                lost = keeper.lost();
                assertThat(container.terminate()).isZero();
            }
            assertThat(lost).isEmpty();
            comesBack(home);
        }
    }

    @Test
    void aStartOnAFullDiskNamesTheDiskAndGoesOnWhenThereIsRoom() throws Exception {
        Assumptions.assumeTrue(SmallDisk.possible(folder.resolve("disk")), "needs the right to mount");
        Path home = folder.resolve("disk");
        try (SmallDisk disk = SmallDisk.mount(home, MEGABYTES)) {
            try (Container before = Container.start(PRODUCT, home).awaitReady()) {
                assertThat(before.terminate()).isZero();
            }
            disk.fill();
            try (Container container = Container.start(PRODUCT, home)) {
                Wait.until("the disk is named", () -> container.output().contains("Make space on its disk"));
                assertThat(container.output())
                        .contains("'" + home.resolve("data/http-port") + "': No space left on device.");
                assertThat(home.resolve("data/http-port")).doesNotExist();
                disk.free();
                container.awaitReady();
                assertThat(container.output()).doesNotContain("already in use");
                assertThat(container.terminate()).isZero();
            }
        }
    }

    private static void whileFull(Container container, SmallDisk disk, StockKeeper keeper) throws Exception {
        Client admin = container.admin();
        Wait.until("writes are refused", () -> {
            // the server keeps some room of its own, which is used up first
            disk.fill();
            return !keeper.refusals().isEmpty();
        });
        Answer refused = admin.post(
                "/api/v1/plugins", "application/java-archive", Files.readAllBytes(PRODUCT.example("reports")));
        assertThat(refused.status()).describedAs(refused.body()).isIn(202, 503);
        assertThat(container.process().isAlive()).isTrue();
    }

    /** What could not be deployed is deployed when it is sent again. */
    private static void comesIn(Container container) throws Exception {
        byte[] jar = Files.readAllBytes(PRODUCT.example("crm"));
        Answer taken = container.admin().post("/api/v1/plugins?wait=true", "application/java-archive", jar);
        assertThat(taken.status()).describedAs(taken.body()).isEqualTo(200);
        container.awaitState("crm", "READY");
    }

    private static void comesBack(Path home) throws Exception {
        try (Container container = Container.start(PRODUCT, home).awaitReady()) {
            container.awaitState("inventory", "READY");
            container.awaitState("crm", "READY");
            assertThat(container.client().get(StockKeeper.PRODUCTS).status()).isEqualTo(200);
        }
    }
}
