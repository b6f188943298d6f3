// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsksTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Asks asks = new Asks(3, () -> 2, Thread::new);

    @AfterEach
    void close() {
        release.countDown();
        asks.close();
    }

    @Test
    void leaveThreadsToOthersThanTheOneWhoseInstancesHang() {
        for (int i = 0; i < 10; i++) {
            asks.add(new Asked("bad", true), more -> {});
        }
        await().until(() -> asked.size() == 2);

        asks.add(new Asked("good", true), more -> {});

        await().until(() -> asked.contains("good"));
        assertThat(asked).containsExactlyInAnyOrder("bad", "bad", "good");
        assertThat(asks.waiting()).isEqualTo(8);
    }

    @Test
    void takeThoseThatAnsweredLastTimeFirstAndTheirCredentialsInTurn() {
        // One thread: the order in which they are begun is the order in which they are seen.
        try (Asks one = new Asks(1, () -> 2, Thread::new)) {
            one.add(new Asked("a", true), more -> {});
            await().until(() -> asked.size() == 1);
            one.add(new Asked("lost", false), more -> {});
            one.add(new Asked("a", true), more -> {});
            one.add(new Asked("a", true), more -> {});
            one.add(new Asked("d", true), more -> {});

            release.countDown();

            await().until(() -> asked.size() == 5);
            assertThat(asked).containsExactly("a", "a", "d", "a", "lost");
        }
    }

    /** Is asked until it is released. */
    private final class Asked implements Asks.Question {
        private final String whose;
        private final boolean answered;

        Asked(String whose, boolean answered) {
            this.whose = whose;
            this.answered = answered;
        }

        @Override
        public String whose() {
            return whose;
        }

        @Override
        public boolean answered() {
            return answered;
        }

        @Override
        public boolean ask() {
            asked.add(whose);
            try {
                release.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
