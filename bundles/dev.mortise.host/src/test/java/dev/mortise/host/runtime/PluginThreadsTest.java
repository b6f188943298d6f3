// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PluginThreadsTest {
    private final PluginThreads threads = new PluginThreads("crm", new AtomicInteger());
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void thatWaitEndWithThoseOfThePlugin() throws InterruptedException {
        Executor waiting = threads.waiting(1);
        waiting.execute(done::countDown);

        threads.close();

        // what was given before still runs
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> waiting.execute(done::countDown)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void thatWaitAreInterruptedWhenThePluginIsGivenUp() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        threads.waiting(1).execute(() -> {
            runs.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                done.countDown();
            }
        });
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        threads.abandon();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
