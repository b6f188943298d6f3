// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.call.PluginExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Runs a plugin's background work at once, on the submitter's thread. */
public final class DirectExecutor implements PluginExecutor {
    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public <T> CompletableFuture<T> submit(Callable<T> task) {
        try {
            return CompletableFuture.completedFuture(task.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
