// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;

class FeederTest {
    private final Request request = new HttpClient().newRequest("http://127.0.0.1:1/");

    @Test
    void touchesNoBodyThatNobodyWantsAnyMore() {
        AtomicInteger touched = new AtomicInteger();
        Feeder feeder = new Feeder(Body.writing(sink -> touched.incrementAndGet()), request);

        feeder.stop();
        feeder.run();

        assertThat(touched).hasValue(0);
        assertThat(feeder.fault()).isNull();
    }

    @Test
    void interruptsABodyThatIsWaitedForAndLeavesTheThreadClean() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Feeder feeder = new Feeder(
                Body.writing(sink -> {
                    begun.countDown();
                    TestHops.await(new CountDownLatch(1));
                }),
                request);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        Thread thread = new Thread(() -> {
            feeder.run();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        TestHops.await(begun);

        feeder.stop();

        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }
}
