// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mortise.host.leak.leaks.Leaks;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ThreadHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheTaskOfAThread() throws Exception {
        try (Leak leak = new Leak(Leaks.Task.class)) {
            assertThat(leak.foundBy(new ThreadHolders()))
                    .containsExactly("thread 'inventory-poller' (its task " + LEAKS + "$Task)");
        }
    }

    @Test
    void countsThreadsThatHoldItForTheSameReason() throws Exception {
        try (Leak leak = new Leak(Leaks.Crowd.class)) {
            assertThat(leak.foundBy(new ThreadHolders()))
                    .singleElement()
                    .asString()
                    .matches("threads '(inventory-\\d+', '){4}inventory-\\d+' and 95 more"
                            + " \\(its task [^ ]+Crowd \\(lambda\\)\\)");
        }
    }

    @Test
    void namesThePoolThatOnlySeesThePlugin() throws Exception {
        try (Leak leak = new Leak(Leaks.Pool.class)) {
            assertThat(leak.foundBy(new ThreadHolders()))
                    .singleElement()
                    .asString()
                    .startsWith("thread 'inventory-pool' (its task ")
                    .endsWith(", its context class loader)");
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23)
    void namesAThreadThatWasOnlyMadeByThePlugin() throws Exception {
        try (Leak leak = new Leak(Leaks.Made.class)) {
            assertThat(leak.foundBy(new ThreadHolders()))
                    .singleElement()
                    .asString()
                    .endsWith("(it was made by code of the plugin, which its access control context keeps)");
        }
    }

    /** A test that a JDK can't run is none there, so that no run of all tests has a skip. */
    @TestFactory
    Stream<DynamicTest> onNewerJdks() {
        return Runtime.version().feature() < 21
                ? Stream.empty()
                : Stream.of(dynamicTest("names a virtual thread", this::namesAVirtualThread));
    }

    private void namesAVirtualThread() throws Exception {
        try (Leak leak = new Leak(Leaks.Virtual.class)) {
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(leak.foundBy(new ThreadHolders()))
                    .singleElement()
                    .asString()
                    .startsWith("thread '' (its task ")
                    .contains(LEAKS + "$Virtual"));
        }
    }

    @Test
    void isSilentWhenTheThreadEnded() throws Exception {
        Leak leak = new Leak(Leaks.Task.class);

        leak.close();

        assertThat(leak.foundBy(new ThreadHolders())).isEmpty();
    }
}
