// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.PluginData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps migrations 2 and 1 and a schema of every plugin, and writes orders down. */
final class NotedPluginData implements PluginData {
    final List<String> orders = new ArrayList<>();
    boolean empty;

    @Override
    public Rehearsal rehearse(PluginIdentity plugin, List<Migration> migrations, boolean run) {
        orders.add("rehearse " + plugin + " " + migrations.size() + " " + run);
        return new Rehearsal(
                plugin.id().value(), plugin.version().text(), List.of(), "It was only read.", Optional.empty());
    }

    @Override
    public WayBack wayBack(PluginId plugin, OptionalLong keep, Stillness stillness) {
        require(stillness);
        WayBack.Step step = new WayBack.Step(2, "size", "abc", Instant.EPOCH, List.of("DROP TABLE t"));
        return new WayBack(plugin.value(), List.of(step), List.of("drops 't' with 3 rows"));
    }

    @Override
    public void takeBack(PluginId plugin, WayBack way, Stillness stillness) {
        require(stillness);
        orders.add("take back " + way.newest() + " of " + plugin);
    }

    @Override
    public List<RunningMigration> running() {
        return List.of();
    }

    @Override
    public Optional<Begun> begun(PluginId plugin) {
        return Optional.empty();
    }

    @Override
    public Belongings belongings(PluginId plugin) {
        return new Belongings(
                plugin.value(), Optional.of("p_" + plugin).filter(schema -> !empty), List.of(), List.of(), List.of());
    }

    @Override
    public void purge(PluginId plugin, Stillness stillness) {
        require(stillness);
        orders.add("purge " + plugin);
    }

    private static void require(Stillness stillness) {
        stillness.disturbed().ifPresent(why -> {
            throw new MortiseException(ErrorCode.CONFLICT, why);
        });
    }
}
