// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedLinesTest {
    private final ScheduledExecutorService timer = BoundedLines.timer();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private BoundedLines lines(Duration window) {
        return new BoundedLines(
                new LineLimit(0, window, System::nanoTime),
                timer,
                more -> told.add(more + " " + Thread.currentThread().getName()));
    }

    @Test
    void tellOnAThreadThatTheyOwn() {
        BoundedLines lines = lines(Duration.ofMillis(10));
        lines.write(() -> {});

        await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().asString().startsWith("1 mortise-gateway-lines-");
        timer.shutdownNow();
    }

    @Test
    void tellNothingLaterOnceTheyAreClosed() {
        BoundedLines lines = lines(Duration.ofHours(1));
        lines.write(() -> {});
        timer.shutdownNow();
        lines.close();

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("1 " + Thread.currentThread().getName());
        await().until(timer::isTerminated);
        lines(Duration.ofMillis(1)).write(() -> {});
        assertThat(told).hasSize(1);
    }
}
