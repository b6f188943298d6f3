// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import org.junit.jupiter.api.Test;

class MBeanHoldersTest {
    private static final String LEAKS = Leaks.class.getName();

    @Test
    void namesTheBean() throws Exception {
        try (Leak leak = new Leak(Leaks.Stock.class)) {
            assertThat(leak.foundBy(new MBeanHolders()))
                    .containsExactly("MBean 'com.acme:type=Stock' (" + LEAKS + "$Stock)");
        }
    }

    @Test
    void isSilentWhenItWasTakenBack() throws Exception {
        Leak leak = new Leak(Leaks.Stock.class);

        leak.close();

        assertThat(leak.foundBy(new MBeanHolders())).isEmpty();
    }
}
