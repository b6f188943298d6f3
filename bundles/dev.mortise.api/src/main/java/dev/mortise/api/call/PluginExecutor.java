// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs a plugin's work in the background: bounded, with named threads, carrying the submitter's {@link CallContext}.
 * A service of the container, bound to the plugin; Mortise closes it when the plugin version is retired.
 */
@ProviderType
public interface PluginExecutor extends Executor {
    /** Runs the task; the future fails with what the task throws, and is cancelled when the plugin is retired. */
    <T> CompletableFuture<T> submit(Callable<T> task);
}
