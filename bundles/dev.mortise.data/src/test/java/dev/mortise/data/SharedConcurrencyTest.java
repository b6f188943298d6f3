// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.data.SharedFixture.Node;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight nodes, each with a pool of its own, on one key. */
class SharedConcurrencyTest {
    private static final int NODES = 8;
    private static final int TIMES = 200;
    private static final Place HOT = new Space(new TenantId("acme"), "shop.hot").key("hot");

    private SharedFixture fixture;
    private final List<Node> nodes = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        fixture = new SharedFixture(TestServer.embedded(), SharedLimits.DEFAULT);
        for (int i = 0; i < NODES; i++) {
            nodes.add(fixture.node(SharedLimits.DEFAULT));
        }
    }

    @AfterEach
    void close() throws Exception {
        nodes.forEach(Node::close);
        fixture.close();
    }

    @Test
    void noIncrementIsLostAndNoSumIsAnsweredTwice() throws Exception {
        Set<String> sums = ConcurrentHashMap.newKeySet();

        atOnce(store -> {
            for (int i = 0; i < TIMES; i++) {
                sums.add(((Done) store.increment(HOT, "shop", 1, Optional.empty())).json());
            }
            return TIMES;
        });

        assertThat(read().json()).isEqualTo(String.valueOf(NODES * TIMES));
        assertThat(read().version()).isEqualTo(NODES * TIMES);
        assertThat(sums).hasSize(NODES * TIMES);
    }

    @Test
    void noComparedUpdateIsLost() throws Exception {
        atOnce(store -> {
            for (int i = 0; i < TIMES / 4; i++) {
                Outcome outcome;
                do {
                    Found found = store.get(HOT, Optional.of("shop"));
                    long version = found instanceof Stored stored ? stored.version() : 0;
                    long count = found instanceof Stored stored ? Long.parseLong(stored.json()) : 0;
                    Write write = new Write("shop", Long.toString(count + 1), Optional.empty());
                    outcome = store.compareAndSet(HOT, version, write);
                } while (!(outcome instanceof Done));
            }
            return TIMES;
        });

        assertThat(read().json()).isEqualTo(String.valueOf(NODES * TIMES / 4));
        assertThat(read().version()).isEqualTo(NODES * TIMES / 4);
    }

    @Test
    void oneOfManyFirstWritersOwnsTheKey() throws Exception {
        List<Integer> won = atOnce(store -> {
            String own = "plugin-" + System.identityHashCode(store);
            return store.set(HOT, new Write(own, "\"" + own + "\"", Optional.empty())) instanceof Done ? 1 : 0;
        });

        assertThat(won.stream().mapToInt(i -> i).sum()).isEqualTo(1);
        assertThat(read().json()).isEqualTo("\"" + read().owner() + "\"");
    }

    /** Windows follow one another while all add: each sum is answered once in its window, and none survives its end. */
    @Test
    void countersThatExpireMeanwhileBeginAgain() throws Exception {
        List<Integer> begun = atOnce(store -> {
            int ones = 0;
            for (int i = 0; i < TIMES; i++) {
                Done done = (Done) store.increment(HOT, "shop", 1, Optional.of(Duration.ofMillis(5)));
                // version and sum begin again together, or they were judged by two times
                assertThat(done.json()).isEqualTo(Long.toString(done.version()));
                ones += done.version() == 1 ? 1 : 0;
            }
            return ones;
        });

        assertThat(begun.stream().mapToInt(i -> i).sum()).isGreaterThan(1);
    }

    private List<Integer> atOnce(Function<SharedDataStore, Integer> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            nodes.forEach(node -> all.add(() -> work.apply(node.parts().store())));
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> one : threads.invokeAll(all)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private Stored read() {
        return (Stored) fixture.store().get(HOT, Optional.empty());
    }
}
