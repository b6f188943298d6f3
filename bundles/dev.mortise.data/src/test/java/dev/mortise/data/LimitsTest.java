// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void leavesConnectionsToPlugins() {
        assertThat(of(21).forPlugins()).isEqualTo(1);
        assertThatThrownBy(() -> of(20))
                .hasMessage(
                        "'connections' in etc/data.properties is 20, which 'core.connections' (8),"
                                + " 'shared.connections' (8) and 'token.connections' (4) use up. Raise it, so that plugins have some too.");
    }

    private static Limits of(int connections) {
        return new Limits(
                connections,
                8,
                8,
                Limits.Lookups.DEFAULT,
                4,
                16,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                MigrationLimits.DEFAULT);
    }
}
