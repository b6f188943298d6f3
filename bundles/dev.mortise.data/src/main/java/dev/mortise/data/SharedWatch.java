// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import java.util.List;
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
    private volatile SharedMark since = new SharedMark(0, 0);
    // The thread that tells asks for it alone.
    private SharedMark told = since;

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

    /** Takes note of how far it was told before. */
    void from(SharedMark mark) {
        since = mark;
        told = mark;
    }

    /**
     * Tells of what one look found that is for it. Only with the last of it all is told that was settled when that look was
     * taken: who leaves before and comes again hears the others once more.
     */
    void tell(List<Change> changes, long settled) {
        int left = changes.size();
        for (Change change : changes) {
            left--;
            tell(change, left == 0 ? settled : told.settled());
        }
        told = new SharedMark(told.revision(), settled);
    }

    private void tell(Change change, long settled) {
        if (!open.get()) {
            return;
        }
        // it never goes back: what is gone has an old revision
        told = new SharedMark(Math.max(told.revision(), change.mark().revision()), settled);
        try {
            listener.accept(change.at(told));
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
    public SharedMark since() {
        return since;
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            removal.accept(this);
        }
    }
}
