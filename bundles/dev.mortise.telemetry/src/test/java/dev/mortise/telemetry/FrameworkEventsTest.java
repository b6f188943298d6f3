// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;

class FrameworkEventsTest {
    private final Bundle plugin = Fakes.bundle("acme.inventory", "mortise:inventory:ab12");

    @Test
    void logsErrorsAndWarningsWithTheirBundle() {
        try (CapturedLog captured = new CapturedLog("org.osgi.framework", Level.INFO)) {
            FrameworkEvents events = new FrameworkEvents();
            events.frameworkEvent(new FrameworkEvent(FrameworkEvent.STARTED, plugin, null));
            events.frameworkEvent(new FrameworkEvent(FrameworkEvent.WARNING, plugin, new IllegalStateException("odd")));
            events.frameworkEvent(new FrameworkEvent(FrameworkEvent.ERROR, plugin, new IllegalStateException("bad")));

            assertThat(captured.lines())
                    .containsExactly(
                            "WARN The framework reports a problem with bundle acme.inventory 1.0.0",
                            "ERROR The framework reports a problem with bundle acme.inventory 1.0.0");
            assertThat(captured.last().getThrowableProxy().getMessage()).isEqualTo("bad");
            assertThat(captured.last().getMDCPropertyMap()).containsEntry("plugin", "inventory");
        }
    }
}
