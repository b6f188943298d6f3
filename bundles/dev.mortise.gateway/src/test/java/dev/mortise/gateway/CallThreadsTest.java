// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallThreadsTest {
    @Test
    void inheritsNothingOfTheThreadThatNeedsOne() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        inherited.set("of the plugin");
        AtomicReference<String> seen = new AtomicReference<>("nothing");

        Thread thread = CallThreads.platform("test-").newThread(() -> seen.set(String.valueOf(inherited.get())));
        thread.start();
        thread.join();

        assertThat(seen.get()).isEqualTo("null");
        assertThat(thread.getContextClassLoader()).isSameAs(CallThreads.class.getClassLoader());
        assertThat(thread.getName()).isEqualTo("test-1");
        assertThat(thread.isDaemon()).isTrue();
        inherited.remove();
    }

    @Test
    void makesVirtualThreadsWhereTheJdkHasThem() throws Exception {
        ThreadFactory factory = CallThreads.factory("test-");

        Thread thread = factory.newThread(() -> {});
        thread.start();
        thread.join();

        assertThat(thread.getName()).isEqualTo("test-1");
        boolean virtual = thread.getClass().getName().contains("Virtual");
        assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
    }
}
