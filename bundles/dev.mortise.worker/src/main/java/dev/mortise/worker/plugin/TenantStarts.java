// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** For which tenants the plugin was started, and what failed at it: each once, however many calls wait for it. */
final class TenantStarts {
    private final Function<String, Optional<String>> start;
    private final Map<String, CompletableFuture<Optional<String>>> begun = new ConcurrentHashMap<>();

    /** The function starts the plugin for a tenant and answers the sentence of what failed. */
    TenantStarts(Function<String, Optional<String>> start) {
        this.start = start;
    }

    /** Starts for a tenant, or waits for whoever does. */
    void ensure(String tenant) {
        CompletableFuture<Optional<String>> own = new CompletableFuture<>();
        CompletableFuture<Optional<String>> first = begun.putIfAbsent(tenant, own);
        if (first != null) {
            first.join();
            return;
        }
        try {
            own.complete(start.apply(tenant));
        } finally {
            own.complete(Optional.of("It was given up."));
        }
    }

    /** Forgets a tenant; tells whether it was started for it. */
    boolean forget(String tenant) {
        return begun.remove(tenant) != null;
    }

    /** Answers the failures, by tenant. */
    Map<String, String> failures() {
        Map<String, String> failures = new ConcurrentHashMap<>();
        begun.forEach((tenant, outcome) ->
                outcome.getNow(Optional.empty()).ifPresent(sentence -> failures.put(tenant, sentence)));
        return failures;
    }
}
