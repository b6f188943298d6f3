// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InstallationStepsTest {
    @Test
    void allowsWhatTheDesignSaysAndNothingElse() {
        String edges = Arrays.stream(RuntimeState.values())
                .flatMap(from -> Arrays.stream(RuntimeState.values())
                        .filter(to -> InstallationSteps.legal(from, to))
                        .map(to -> from.text() + ">" + to.text()))
                .collect(Collectors.joining(" "));

        assertThat(edges)
                .isEqualTo(
                        "stopped>starting starting>ready starting>degraded starting>error ready>stopped ready>degraded"
                                + " ready>error degraded>stopped degraded>ready degraded>error error>stopped error>starting");
    }

    @Test
    void namesWhatIsNotLegal() {
        assertThatThrownBy(() -> InstallationSteps.step(
                        new PluginId("crm"), TenantId.DEFAULT, RuntimeState.STOPPED, RuntimeState.READY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Plugin 'crm' can't step from stopped to ready for tenant 'default'; after stopped come only"
                                + " [starting].");
    }
}
