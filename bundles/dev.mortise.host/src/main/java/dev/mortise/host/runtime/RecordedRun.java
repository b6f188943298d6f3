// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.PluginRuns;
import dev.mortise.kernel.port.PluginRuns.Run;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets other nodes know that a version runs as processes, so that they leave its tables alone. Whoever keeps such records may
 * come late or be replaced, with the database that it works on. Its monitor guards it.
 */
final class RecordedRun {
    private final PluginIdentity plugin;
    private final Supplier<Optional<PluginRuns>> keepers;
    private Optional<PluginRuns> keeper = Optional.empty();
    private Optional<Run> record = Optional.empty();
    private boolean over;

    RecordedRun(PluginIdentity plugin, Supplier<Optional<PluginRuns>> keepers) {
        this.plugin = plugin;
        this.keepers = keepers;
    }

    /** Has it recorded by whoever keeps records now; what is recorded there already stays. */
    synchronized void keep() {
        Optional<PluginRuns> now = keepers.get();
        if (!over && now.isPresent() && !now.equals(keeper)) {
            record.ifPresent(Run::close);
            keeper = now;
            record = now.map(keeping -> keeping.runs(plugin));
        }
    }

    /** Takes it back for good: the last process is gone. */
    synchronized void close() {
        over = true;
        record.ifPresent(Run::close);
        record = Optional.empty();
    }
}
