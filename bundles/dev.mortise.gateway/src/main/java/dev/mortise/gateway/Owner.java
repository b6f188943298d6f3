// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.BoundContext;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Whose code a handler is: one mount of a plugin version, or a bundle of the core.
 *
 * @param plugin the plugin's id, or nothing for the core
 * @param loader the class loader that is the thread's context loader while the code runs
 * @param stay what lasts as long as that code serves
 * @param meters measures them until it is retired
 */
record Owner(Optional<String> plugin, ClassLoader loader, Stay stay, OwnerMeters meters) {
    /** The name of the core among plugins; none may have it. */
    static final String CORE = "core";

    /** Makes the owner of a plugin version's code. */
    static Owner plugin(String id, ClassLoader loader, Neighbours neighbours) {
        return measured(Optional.of(id), loader, neighbours);
    }

    /** Makes the owner of core code. */
    static Owner core(ClassLoader loader, Neighbours neighbours) {
        return measured(Optional.empty(), loader, neighbours);
    }

    private static Owner measured(Optional<String> plugin, ClassLoader loader, Neighbours neighbours) {
        Stay stay = new Stay();
        OwnerMeters meters = new OwnerMeters(neighbours, plugin.orElse(CORE), stay.gauges());
        stay.traffic().whenIdle(meters::end);
        return new Owner(plugin, loader, stay, meters);
    }

    /** Answers what counts the calls that run in it. */
    Traffic traffic() {
        return stay.traffic();
    }

    /** Answers how it is called in a sentence. */
    String title() {
        return plugin.map(id -> "plugin '" + id + "'").orElse("the core");
    }

    /** Answers the name that people know it by. */
    String name() {
        return plugin.orElse(CORE);
    }

    /** Runs a task as this owner's code on this thread: context and class loader are bound for its time. */
    <T> T run(CallContext context, Callable<T> task) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return BoundContext.call(context, task);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
