// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import dev.mortise.kernel.model.PluginIdentity;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A loader that should go, and what is known of it. It is held weakly. */
final class RetiredLoader {
    private final PluginIdentity plugin;
    private final WeakReference<ClassLoader> loader;
    private final long since = System.nanoTime();
    private final CompletableFuture<LeakVerdict> verdict = new CompletableFuture<>();

    RetiredLoader(PluginIdentity plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = new WeakReference<>(loader);
    }

    PluginIdentity plugin() {
        return plugin;
    }

    boolean isGone() {
        return loader.refersTo(null);
    }

    /** Holds it again: only for as long as a search takes. */
    Optional<ClassLoader> loader() {
        return Optional.ofNullable(loader.get());
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    CompletableFuture<LeakVerdict> verdict() {
        return verdict;
    }
}
