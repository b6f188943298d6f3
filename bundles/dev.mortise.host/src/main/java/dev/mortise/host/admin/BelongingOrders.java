// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import java.util.Optional;

/** Says what is kept of plugins, and has it removed when nobody works with it any more. */
public final class BelongingOrders implements PluginBelongings {
    private final Caretaking care;

    /** Takes orders about the data that is taken care of. */
    public BelongingOrders(Caretaking care) {
        this.care = care;
    }

    /** Says that the removal of a plugin leaves what belongs to it. */
    static String stays(PluginId plugin) {
        return "What is kept of it stays: 'uninstall " + plugin + " --purge' says what that is.";
    }

    @Override
    public Belongings of(PluginId plugin) {
        Belongings kept = care.keeper().belongings(plugin);
        if (kept.none()) {
            throw new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, "Nothing is kept of plugin '" + plugin + "'.");
        }
        return kept;
    }

    @Override
    public Belongings purge(PluginId plugin, Optional<String> confirmed) {
        Optional<String> needed = care.ask(desk -> desk.needed(plugin));
        if (needed.isPresent()) {
            throw refused(needed.get() + " Nothing was changed.");
        }
        Belongings kept = of(plugin);
        if (!confirmed.equals(Optional.of(plugin.value()))) {
            throw refused(
                    "With plugin '%s' go: %s. Nothing was changed. There is no way back. Confirm it with the id '%s'."
                            .formatted(plugin, kept.words(), plugin));
        }
        care.keeper().purge(plugin, () -> care.ask(desk -> desk.needed(plugin)));
        return kept;
    }

    private static MortiseException refused(String sentence) {
        return new MortiseException(ErrorCode.CONFLICT, sentence);
    }
}
