// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import org.junit.jupiter.api.Test;

class ShutdownHookHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheHook() throws Exception {
        try (Leak leak = new Leak(Leaks.Hook.class)) {
            assertThat(leak.foundBy(new ShutdownHookHolders()))
                    .containsExactly("shutdown hook 'inventory-farewell' (its task " + LEAKS + "$Hook (lambda))");
        }
    }

    @Test
    void isSilentWhenItWasTakenBack() throws Exception {
        Leak leak = new Leak(Leaks.Hook.class);

        leak.close();

        assertThat(leak.foundBy(new ShutdownHookHolders())).isEmpty();
    }
}
