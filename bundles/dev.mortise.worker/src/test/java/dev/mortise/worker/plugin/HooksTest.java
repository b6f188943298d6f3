// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import org.junit.jupiter.api.Test;

class HooksTest {
    /** A failure of the call would be logged with all that it says. */
    @Test
    void anErrorAboutCredentialsIsAnObjection() {
        PluginLifecycle asserting = new PluginLifecycle() {
            @Override
            public AuthVerdict validateAuth(TenantId tenant) {
                throw new AssertionError("canary");
            }
        };
        try (Hooks hooks = new Hooks(new PlainPlugin(plugin("hello").manifest(), asserting))) {
            assertThat(hooks.validateAuth("acme", "r-1")).isEqualTo(AuthVerdict.invalid("canary"));
        }
    }
}
