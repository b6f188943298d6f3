// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.shared.SharedChange;
import dev.mortise.api.shared.SharedWatch;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener of changes, one after the other. While it is busy, only the last change of each key is kept: a slow
 * listener misses steps, never the outcome, and holds no more than the namespace has keys.
 */
final class ListenerWatch implements SharedWatch {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TenantSharedData data;
    private final Space space;
    private final Consumer<SharedChange> listener;
    private final ClassLoader loader;
    private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();
    // The monitor guards these three.
    private final Map<String, Change> pending = new LinkedHashMap<>();
    private boolean running;
    private boolean closed;

    private ListenerWatch(TenantSharedData data, Space space, Consumer<SharedChange> listener) {
        this.data = data;
        this.space = space;
        this.listener = listener;
        // the plugin's own: whoever sets a watch is its code, with this loader bound
        ClassLoader bound = Thread.currentThread().getContextClassLoader();
        this.loader = bound == null ? ClassLoader.getPlatformClassLoader() : bound;
    }

    static SharedWatch begin(
            TenantSharedData data, Space space, Optional<String> key, Consumer<SharedChange> listener) {
        ListenerWatch made = new ListenerWatch(data, space, listener);
        Watch begun = data.store().watch(space, key, Optional.of(data.plugin()), Optional.empty(), made::changed);
        made.watch.set(begun);
        data.listeners().keep(begun);
        return made;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            pending.clear();
        }
        Watch open = watch.getAndSet(null);
        if (open != null) {
            open.close();
            data.listeners().drop(open);
        }
    }

    private void changed(Change change) {
        synchronized (this) {
            if (closed) {
                return;
            }
            pending.remove(change.key());
            pending.put(change.key(), change);
            if (running) {
                return;
            }
            running = true;
        }
        tellSoon();
    }

    private void tellSoon() {
        try {
            data.listeners().run(this::tellOne);
        } catch (Throwable e) {
            // no thread may be to be had now: the next change tries again, and brings this one along
            synchronized (this) {
                running = false;
            }
            throw e;
        }
    }

    /** One at a time, so that the listeners of a plugin take turns. */
    private void tellOne() {
        Change next;
        Watch told = watch.get();
        synchronized (this) {
            if (told != null && !told.open()) {
                pending.clear();
            }
            Iterator<Change> first = pending.values().iterator();
            if (!first.hasNext()) {
                running = false;
                return;
            }
            next = first.next();
            first.remove();
        }
        try {
            tell(next);
        } finally {
            tellSoon();
        }
    }

    private void tell(Change change) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Call call = Call.ofPlugin(
                    data.plugin(), space.tenant(), UUID.randomUUID().toString(), DEADLINE);
            call.wrap(() -> listener.accept(told(change))).run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private SharedChange told(Change change) {
        return new SharedChange(
                space.namespace(),
                change.key(),
                change.version(),
                change.deleted() ? SharedChange.Kind.DELETED : SharedChange.Kind.SET);
    }
}
