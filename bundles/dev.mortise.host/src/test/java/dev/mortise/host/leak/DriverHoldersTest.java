// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import org.junit.jupiter.api.Test;

class DriverHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheDriver() throws Exception {
        try (Leak leak = new Leak(Leaks.OwnDriver.class)) {
            assertThat(leak.foundBy(new DriverHolders()))
                    .containsExactly("DriverManager (driver " + LEAKS + "$OwnDriver)");
        }
    }

    @Test
    void isSilentWhenItWasTakenBack() throws Exception {
        Leak leak = new Leak(Leaks.OwnDriver.class);

        leak.close();

        assertThat(leak.foundBy(new DriverHolders())).isEmpty();
    }
}
