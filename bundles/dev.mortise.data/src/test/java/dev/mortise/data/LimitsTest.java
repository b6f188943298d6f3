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
        assertThat(of(17).connections()).isEqualTo(17);
        assertThatThrownBy(() -> of(16))
                .hasMessage("'connections' in etc/data.properties is 16, which 'core.connections' (8) and"
                        + " 'shared.connections' (8) use up. Raise it, so that plugins have some too.");
    }

    private static Limits of(int connections) {
        return new Limits(
                connections, 8, 8, 4, SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, MigrationLimits.DEFAULT);
    }
}
