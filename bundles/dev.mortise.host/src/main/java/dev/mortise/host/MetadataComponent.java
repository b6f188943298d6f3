// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.metadata.BundleMetadata;
import dev.mortise.host.metadata.MetadataKeeper;
import dev.mortise.host.metadata.PlacedMetadata;
import dev.mortise.kernel.admin.Metadata;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.MetadataReader;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Looks at what plugins say of themselves when something changed, and now and then, on a thread of its own. */
@Component(service = Metadata.class, immediate = true)
public final class MetadataComponent implements Metadata {

    /** What changes within this time is looked at once: a thousand plugins that come together cost few looks. */
    private static final int QUIET_MILLIS = 1000;

    private static final int EVERY_SECONDS = 10;

    private final MetadataKeeper keeper;
    private final HostState state;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService thread = Threads.timer("mortise-metadata");

    /** Made by DS. */
    @Activate
    public MetadataComponent(
            @Reference HostState state,
            @Reference Platform platform,
            @Reference JsonFactory mappers,
            @Reference MetadataReader reader) {
        this.state = state;
        PlacedMetadata source =
                new PlacedMetadata(new BundleMetadata(mappers.strict(), reader), reader, plugin -> platform.workforce()
                        .fleets(plugin));
        this.keeper = new MetadataKeeper(state::snapshot, platform::metadata, source::read);
        state.listen(this::changed);
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(keeper::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void changed() {
        if (pending.compareAndSet(false, true)) {
            ScheduledFuture<?> unused = thread.schedule(
                    () -> {
                        pending.set(false);
                        keeper.look();
                    },
                    QUIET_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    @Deactivate
    void deactivate() {
        state.listen(() -> {});
        thread.shutdownNow();
    }

    @Override
    public Copy find(PluginId plugin) {
        return keeper.find(plugin);
    }

    @Override
    public Copy refresh(PluginId plugin) {
        return keeper.refresh(plugin);
    }
}
