// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Writes markers on a thread of its own, always the newest ones: a slow disk delays nobody. */
public final class MarkerWriter {
    private final Markers markers;
    private final Executor thread;
    private final AtomicReference<Optional<Map<Path, Marker>>> newest = new AtomicReference<>(Optional.empty());

    /**
     * Makes a writer.
     *
     * @param thread a single one; owned by the caller
     */
    public MarkerWriter(Path folder, Executor thread) {
        this.markers = new Markers(folder);
        this.thread = thread;
    }

    /** Takes over what an earlier run left. */
    public void adopt(Set<Path> left) {
        thread.execute(() -> markers.adopt(left));
    }

    /** Makes the folder show these markers and no others, soon. */
    public void show(Map<Path, Marker> wanted) {
        if (newest.getAndSet(Optional.of(wanted)).isEmpty()) {
            thread.execute(() -> newest.getAndSet(Optional.empty()).ifPresent(markers::show));
        }
    }
}
