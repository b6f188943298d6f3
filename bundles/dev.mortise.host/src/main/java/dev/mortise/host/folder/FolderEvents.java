// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears that something changed in the folder; what, is never asked. Without a watch service, or where it says nothing,
 * waiting just lasts its time.
 */
final class FolderEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);
    private static final Duration STEP = Duration.ofMillis(5);

    private final Path root;
    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private boolean warned;

    private FolderEvents(Path root, Optional<WatchService> service) {
        this.root = root;
        this.service = service;
    }

    static FolderEvents of(Path root) {
        try {
            return new FolderEvents(root, Optional.of(root.getFileSystem().newWatchService()));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("Changes of {} can't be heard ({}); it is looked through at intervals only.", root, e.toString());
            return new FolderEvents(root, Optional.empty());
        }
    }

    /**
     * Listens to these folders, relative to the root, and to no others.
     *
     * @return whether one of them is new: what came to it before it was listened to is found only by another look
     */
    boolean listenTo(Set<Path> folders) {
        keys.entrySet().removeIf(entry -> {
            boolean goneOrDead =
                    !folders.contains(entry.getKey()) || !entry.getValue().isValid();
            if (goneOrDead) {
                entry.getValue().cancel();
            }
            return goneOrDead;
        });
        boolean some = false;
        for (Path folder : folders) {
            some |= !keys.containsKey(folder) && begin(folder);
        }
        return some;
    }

    private boolean begin(Path folder) {
        if (service.isEmpty()) {
            return false;
        }
        try {
            keys.put(folder, root.resolve(folder).register(service.get(), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
            return true;
        } catch (IOException e) {
            warnOnce(folder, e);
        } catch (ClosedWatchServiceException e) {
            keys.clear();
        }
        return false;
    }

    private void warnOnce(Path folder, IOException failure) {
        if (!warned) {
            LOG.warn(
                    "Changes of {} can't be heard ({}); it is looked through at intervals.",
                    folder,
                    failure.toString());
        }
        warned = true;
    }

    /**
     * Waits until something is heard that may be a jar, at most so long.
     *
     * @throws InterruptedException when the thread is interrupted or this is closed
     */
    void await(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (end - System.nanoTime() > 0) {
            if (heard(Math.max(0, end - System.nanoTime()))) {
                gather();
                return;
            }
        }
    }

    /** Lets a burst of events pass, so that it costs one look and not hundreds. */
    private void gather() throws InterruptedException {
        long end = System.nanoTime() + STEP.toNanos();
        while (end - System.nanoTime() > 0) {
            heard(Math.max(0, end - System.nanoTime()));
        }
    }

    private boolean heard(long nanos) throws InterruptedException {
        if (service.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return false;
        }
        WatchKey key = poll(service.get(), nanos);
        if (key == null) {
            return false;
        }
        boolean relevant = key.pollEvents().stream().anyMatch(FolderEvents::maybeJar);
        key.reset();
        return relevant;
    }

    private static @Nullable WatchKey poll(WatchService service, long nanos) throws InterruptedException {
        try {
            return service.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (ClosedWatchServiceException e) {
            throw (InterruptedException) new InterruptedException("closed").initCause(e);
        }
    }

    /** Markers and their temporary files are Mortise's own doing; anything else may be a jar or a folder of jars. */
    private static boolean maybeJar(WatchEvent<?> event) {
        return !(event.context() instanceof Path name) || !(name.toString().startsWith(".") || ownMarker(name));
    }

    private static boolean ownMarker(Path name) {
        return Marker.kindOf(name).isPresent();
    }

    void close() {
        try {
            if (service.isPresent()) {
                service.get().close();
            }
        } catch (IOException e) {
            LOG.debug("The watch service did not close: {}", e.toString());
        }
    }
}
