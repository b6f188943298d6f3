// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import org.junit.jupiter.api.Test;

class ThreadLocalHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheThreadAndTheValue() throws Exception {
        try (Leak leak = new Leak(Leaks.Local.class)) {
            assertThat(leak.foundBy(new ThreadLocalHolders()))
                    .containsExactly("thread local of thread 'main' (java.util.ImmutableCollections$List12.e1 is "
                            + LEAKS + "$Local)");
        }
    }

    @Test
    void isSilentWhenItWasTakenBack() throws Exception {
        Leak leak = new Leak(Leaks.Local.class);

        leak.close();

        assertThat(leak.foundBy(new ThreadLocalHolders())).isEmpty();
    }
}
