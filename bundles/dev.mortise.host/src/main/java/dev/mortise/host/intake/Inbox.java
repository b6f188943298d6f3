// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.folder.FolderFile;
import dev.mortise.host.folder.FolderFile.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages what is complete in the folder, several jars at a time, and tells what came of it: of everything that arrived
 * together in one piece, unless that takes long.
 */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Staging staging;
    private final Executor pool;
    private final Consumer<Map<Path, Staged>> listener;
    // The monitor guards all that follows; listeners are called outside of it, under an order of their own.
    private final Map<Path, Staged> done = new HashMap<>();
    private final Map<Path, FolderFile> pending = new HashMap<>();
    private final Object telling = new Object();
    private Map<Path, FolderFile> lying = Map.of();
    private boolean firstIsTold;
    private long pendingSince;
    private long toldAt = System.nanoTime();

    /**
     * Makes an inbox.
     *
     * @param pool runs the staging; owned by the caller
     * @param listener takes all files of the folder with what came of them
     */
    public Inbox(Staging staging, Executor pool, Consumer<Map<Path, Staged>> listener) {
        this.staging = staging;
        this.pool = pool;
        this.listener = listener;
    }

    /**
     * A file of the folder, and what came of staging it.
     *
     * @param inspection absent while that is not known, and for what is not complete
     */
    public record Staged(FolderFile file, Optional<Inspection> inspection) {}

    /** Takes what lies in the folder now. */
    public void look(Map<Path, FolderFile> files) {
        List<FolderFile> fresh;
        synchronized (this) {
            lying = Map.copyOf(files);
            done.keySet().retainAll(lying.keySet());
            pending.keySet().retainAll(lying.keySet());
            fresh = begin(file -> !known(file));
        }
        fresh.forEach(file -> pool.execute(() -> stage(file)));
        tell();
    }

    /** Stages again what could not be staged for reasons outside of the file. */
    public void tryAgain() {
        List<FolderFile> again;
        synchronized (this) {
            again = begin(file -> known(file)
                    && !pending.containsKey(file.path())
                    && inspection(file).isEmpty());
        }
        again.forEach(file -> pool.execute(() -> stage(file)));
    }

    private List<FolderFile> begin(Predicate<FolderFile> which) {
        List<FolderFile> begun = lying.values().stream()
                .filter(file -> file.condition() == Condition.COMPLETE && which.test(file))
                .sorted(Comparator.comparing(FolderFile::path))
                .toList();
        if (pending.isEmpty()) {
            pendingSince = System.nanoTime();
        }
        begun.forEach(file -> pending.put(file.path(), file));
        return begun;
    }

    private boolean known(FolderFile file) {
        return (done.containsKey(file.path())
                        && done.get(file.path()).file().stamp().equals(file.stamp()))
                || file.equals(pending.get(file.path()));
    }

    private void stage(FolderFile file) {
        Optional<Inspection> inspection = Optional.empty();
        try {
            inspection = staging.stage(file);
        } catch (RuntimeException e) {
            LOG.error("{} can't be staged; it is tried again. Please report this.", file.path(), e);
        }
        synchronized (this) {
            if (pending.remove(file.path(), file)) {
                done.put(file.path(), new Staged(file, inspection));
            }
        }
        tell();
    }

    /** One at a time, and always the newest, so nobody ever hears of an older state after a newer one. */
    private void tell() {
        synchronized (telling) {
            Map<Path, Staged> now = new TreeMap<>();
            synchronized (this) {
                if (!pending.isEmpty() && patient(System.nanoTime())) {
                    return;
                }
                firstIsTold = true;
                toldAt = System.nanoTime();
                lying.forEach((path, file) -> now.put(path, staged(file)));
            }
            listener.accept(now);
        }
    }

    /** A thousand jars are told in some pieces, not in a thousand. */
    private boolean patient(long now) {
        return !firstIsTold || now - pendingSince < PATIENCE.toNanos() || now - toldAt < BETWEEN.toNanos();
    }

    /** Whoever asks what keeps a whole file from being taken gets an answer. */
    private Staged staged(FolderFile file) {
        Optional<Inspection> inspection = inspection(file);
        boolean stuck = done.containsKey(file.path()) && known(file) && inspection.isEmpty();
        String reason = file.name() + " can't be copied to data/store. That is tried again; the log says why it fails.";
        return new Staged(
                stuck ? new FolderFile(file.path(), file.stamp(), file.condition(), reason, file.since()) : file,
                inspection);
    }

    private Optional<Inspection> inspection(FolderFile file) {
        return Optional.ofNullable(done.get(file.path()))
                .filter(staged -> staged.file().stamp().equals(file.stamp()))
                .flatMap(Staged::inspection);
    }
}
