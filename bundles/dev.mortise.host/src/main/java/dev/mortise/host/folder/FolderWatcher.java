// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import dev.mortise.host.zip.ZipDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder on a thread of its own: what the file system tells only wakes it, each look is at everything, so
 * neither lost events nor file systems without events lose a file.
 */
public final class FolderWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);
    private static final Duration JOIN = Duration.ofSeconds(2);

    private final Path root;
    private final int depth;
    private final Pace pace;
    private final BiConsumer<Map<Path, FolderFile>, Set<Path>> listener;
    private final Arrivals arrivals;
    private final FolderEvents events;
    private final Thread thread;
    private volatile boolean closed;
    private boolean lost;

    /**
     * Makes a watcher; nothing runs before {@link #start}.
     *
     * @param depth how many subfolders deep jars are looked for
     * @param listener takes all files and all markers that were seen, whenever there is news of a jar; called on the
     *     watcher's thread
     */
    public FolderWatcher(Path root, int depth, Pace pace, BiConsumer<Map<Path, FolderFile>, Set<Path>> listener) {
        this.root = root;
        this.depth = depth;
        this.pace = pace;
        this.listener = listener;
        this.arrivals = new Arrivals(pace, path -> ZipDirectory.read(root.resolve(path)));
        this.events = FolderEvents.of(root);
        this.thread = new Thread(this::watch, "mortise-folder");
        this.thread.setDaemon(true);
    }

    /** Begins; the first look tells everything that lies there, even when that is nothing. */
    public void start() {
        thread.start();
    }

    /** Ends; no listener is called afterwards. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        events.close();
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        boolean first = true;
        while (!closed) {
            try {
                look(first);
                first = false;
                lost = false;
            } catch (IOException e) {
                reportOnce(e);
            }
            closed |= !paused();
        }
    }

    private void look(boolean first) throws IOException {
        Listing listing = FolderScan.look(root, depth);
        while (events.listenTo(listing.folders())) {
            listing = FolderScan.look(root, depth);
        }
        Optional<Map<Path, FolderFile>> news = arrivals.look(listing.jars(), Moment.now());
        if (news.isPresent() || first) {
            listener.accept(news.orElse(Map.of()), listing.markers());
        }
    }

    private void reportOnce(IOException failure) {
        if (!lost) {
            LOG.warn("The folder {} can't be looked through: {}. What runs goes on; it is tried again.", root, failure);
        }
        lost = true;
    }

    private boolean paused() {
        Duration wait = arrivals.nextLook(Moment.now())
                .filter(soon -> soon.compareTo(pace.rescan()) < 0)
                .orElse(pace.rescan());
        try {
            events.await(wait);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
