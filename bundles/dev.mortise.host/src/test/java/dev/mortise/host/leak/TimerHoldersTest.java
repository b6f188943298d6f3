// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import org.junit.jupiter.api.Test;

class TimerHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheTaskOfATimer() throws Exception {
        try (Leak leak = new Leak(Leaks.Tasks.class)) {
            assertThat(leak.foundBy(new TimerHolders()))
                    .containsExactly("timer 'inventory-timer' (its task " + LEAKS + "$Tasks)");
        }
    }

    @Test
    void isSilentWhenItWasTakenBack() throws Exception {
        Leak leak = new Leak(Leaks.Tasks.class);

        leak.close();

        assertThat(leak.foundBy(new TimerHolders())).isEmpty();
    }
}
