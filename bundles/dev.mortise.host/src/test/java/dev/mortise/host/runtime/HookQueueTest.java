// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.HookFigures;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookQueueTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final TenantLimits LIMITS = new TenantLimits(LONG, LONG, LONG, LONG, 2, 3, LONG, 3);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private static HookTask start() {
        return new HookTask(
                "start()",
                "start() of plugin 'crm' for tenant 'acme'",
                new TenantId("acme"),
                false,
                LONG,
                () -> true,
                new CompletableFuture<>());
    }

    @Test
    void aHookWithoutAThreadIsRefusedAndTheNextOneIsCalled() {
        AtomicInteger none = new AtomicInteger(1);
        ThreadFactory threads = task -> {
            if (none.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        };
        try (HookQueue queue =
                new HookQueue(new PluginId("crm"), LIMITS, threads, timer, new HookFigures(), () -> {})) {
            assertThat(queue.submit(start()).join())
                    .contains("start() of plugin 'crm' for tenant 'acme' was not called: there is no thread for it"
                            + " (unable to create native thread). Try again.");
            assertThat(queue.submit(start()))
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(Optional.empty());
        }
    }
}
