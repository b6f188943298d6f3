// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hooks that end at once and write down that they were called. */
final class NotedHooks implements TenantHooks {
    final List<String> called = new CopyOnWriteArrayList<>();
    Optional<String> failure = Optional.empty();

    @Override
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        called.add("start " + tenant);
        return CompletableFuture.completedFuture(failure);
    }

    @Override
    public CompletableFuture<Void> disable(TenantId tenant) {
        called.add("disable " + tenant);
        return CompletableFuture.completedFuture(null);
    }
}
