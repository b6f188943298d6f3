// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Optional;

/** What is kept of plugins, the same of each; a purge is confirmed by the id, and changes nothing. */
public final class NotedBelongings implements PluginBelongings {
    private volatile String purged = "";

    /** Makes them. */
    public NotedBelongings() {}

    /** Answers the plugin that was purged last. */
    public String purged() {
        return purged;
    }

    @Override
    public Belongings of(PluginId plugin) {
        return new Belongings(
                plugin.value(),
                Optional.of("p_" + plugin),
                List.of(new Belongings.Table("p_" + plugin + "__items", 3, 16_384)),
                List.of("m01234567_" + plugin + "_app"),
                List.of(new Belongings.Rows("values of shared data", 2)));
    }

    @Override
    public Belongings purge(PluginId plugin, Optional<String> confirmed) {
        if (!confirmed.equals(Optional.of(plugin.value()))) {
            throw new MortiseException(ErrorCode.CONFLICT, "Confirm it with the id '" + plugin + "'.");
        }
        purged = plugin.value();
        return of(plugin);
    }
}
