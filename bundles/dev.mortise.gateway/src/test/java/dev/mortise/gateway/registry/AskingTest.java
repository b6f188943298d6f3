// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.gateway.registry.RegistrySettings.Asking;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskingTest {
    @Test
    void pausesTwiceAsLongEachTimeUpToItsLimit() {
        Asking asking = new Asking(1, 1, Duration.ofSeconds(1), 10);

        assertThat(IntStream.of(0, 1, 2, 3, 4, 100).mapToLong(asking::pause)).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }
}
