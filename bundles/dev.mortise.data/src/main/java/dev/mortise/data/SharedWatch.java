// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who is told of changes. */
final class SharedWatch implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(SharedWatch.class);

    private final Space space;
    private final Optional<String> key;
    private final Optional<String> reader;
    private final Consumer<Change> listener;
    private final Consumer<SharedWatch> removal;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile boolean paused;
    // The thread that tells asks for it alone.
    private long highest;

    SharedWatch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Consumer<Change> listener,
            Consumer<SharedWatch> removal) {
        this.space = space;
        this.key = key;
        this.reader = reader;
        this.listener = listener;
        this.removal = removal;
    }

    Space space() {
        return space;
    }

    Optional<String> key() {
        return key;
    }

    Optional<String> reader() {
        return reader;
    }

    /** Takes note of the revision up to which it was told before. */
    void from(long revision) {
        highest = revision;
    }

    /** Tells of a change that is for it. Who comes again from the last revision on must not hear all of it once more. */
    void tell(Change change) {
        if (!open.get()) {
            return;
        }
        highest = Math.max(highest, change.revision());
        try {
            listener.accept(change.at(highest));
        } catch (Throwable e) {
            // others are told on the same thread
            LOG.error("Nobody could be told of a change in {}", space, e);
        }
    }

    /** Takes note that there is nothing more to tell. */
    void end() {
        open.set(false);
    }

    /** Takes note whether it tells nothing for now. */
    void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public boolean open() {
        return open.get();
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            removal.accept(this);
        }
    }
}
