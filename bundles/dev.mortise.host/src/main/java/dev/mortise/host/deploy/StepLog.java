// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line into the log for each step of a plugin. */
final class StepLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mortise.host.plugins");

    private StepLog() {}

    static void write(
            PluginIdentity plugin, PluginState from, PluginState to, Duration after, String why, boolean bad) {
        String line = "plugin=%s %s → %s after %d ms%s"
                .formatted(plugin, from, to, after.toMillis(), why.isEmpty() ? "" : ": " + why);
        if (bad) {
            LOG.warn(line);
        } else {
            LOG.info(line);
        }
    }

    /** Says why a plugin is where it was already. */
    static void warn(PluginIdentity plugin, PluginState state, String why) {
        LOG.warn("plugin={} is {}: {}", plugin, state, why);
    }
}
