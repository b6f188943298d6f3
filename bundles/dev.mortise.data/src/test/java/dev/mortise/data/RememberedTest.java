// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicReference<String> row = new AtomicReference<>("old");
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final AtomicInteger reads = new AtomicInteger();
    private final Remembered<String, String> remembered = new Remembered<>(LONG, key -> read(), 1 << 20, this::weigh);

    private String read() {
        reads.incrementAndGet();
        return row.get();
    }

    /** Is asked between the look at what was written and what is remembered. */
    private int weigh(String value) {
        meanwhile.getAndSet(() -> {}).run();
        return value.length();
    }

    @Test
    void readsOnce() {
        assertThat(remembered.find("k")).isEqualTo("old");
        assertThat(remembered.find("k")).isEqualTo("old");
        assertThat(reads).hasValue(1);
    }

    @Test
    void nothingThatIsOlderThanAWrite() {
        meanwhile.set(() -> {
            row.set("new");
            remembered.written("k");
        });

        remembered.find("k");

        assertThat(remembered.find("k")).isEqualTo("new");
    }

    @Test
    void nothingThatWasForgottenMeanwhile() {
        meanwhile.set(() -> {
            row.set("new");
            remembered.forget(key -> true);
        });

        remembered.find("k");

        assertThat(remembered.find("k")).isEqualTo("new");
        assertThat(remembered.bytes()).isEqualTo(403);
    }
}
