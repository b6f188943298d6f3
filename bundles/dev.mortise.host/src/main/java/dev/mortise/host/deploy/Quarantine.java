// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;

/** Words why a plugin is not tried again by itself. */
record Quarantine(PluginId plugin, int failures, Problem last) {
    String sentence() {
        return "Plugin '%s' failed %d times in a row and is not tried again. Mend it, or run 'restart %s'. %s"
                .formatted(plugin, failures, plugin, last.message());
    }

    Problem problem() {
        String remedy = "%s Then run 'restart %s'.".formatted(last.remedy(), plugin);
        return new Problem.Recorded(last.code(), last.message(), remedy);
    }
}
