// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedData;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.shared.Listeners;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.kernel.shared.TenantSharedData;
import java.time.Clock;
import java.util.Set;

/**
 * Shared data in memory for tests of plugins: the same names, owners, versions and refusals as in the container, by a clock
 * that the test may turn. Listeners run on the thread that writes. As everywhere, a context with tenant must be bound.
 */
public final class FakeSharedData {
    private static final Listeners AT_ONCE = new Listeners() {
        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public void keep(Watch watch) {
            // nothing retires here
        }

        @Override
        public void drop(Watch watch) {
            // as above
        }
    };

    private final Json json;
    private final MemorySharedDataStore store;

    /** Takes the mapper that stands for those of the plugins, {@link TestJson#lenient()} for example. */
    public FakeSharedData(Json json) {
        this(json, Clock.systemUTC());
    }

    /** Takes a clock too, by which values expire. */
    public FakeSharedData(Json json, Clock clock) {
        this.json = json;
        this.store = new MemorySharedDataStore(clock);
    }

    /** Answers it as the named plugin gets it; what one plugin writes, the others read. */
    public SharedData of(String plugin) {
        return new TenantSharedData(plugin, store, () -> json, AT_ONCE);
    }

    /** Lets only these plugins, beside the owner, read a namespace of the owner, as {@code plugin.json} would say. */
    public FakeSharedData narrow(String owner, String namespace, String... readers) {
        store.narrow(owner, namespace, Set.of(readers));
        return this;
    }
}
