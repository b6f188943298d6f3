// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hooks that end at once and write down that they were called. */
public class NotedHooks implements TenantHooks {
    public final List<String> called = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Optional<String>>> begun = new CopyOnWriteArrayList<>();
    Optional<String> failure = Optional.empty();
    /** Whether starts go on, and whether they wait for their turn. */
    boolean goesOn;

    boolean waits;
    public CompletableFuture<Optional<AuthVerdict>> verdict =
            CompletableFuture.completedFuture(Optional.of(AuthVerdict.VALID));

    /** Happens while credentials are judged. */
    public Runnable whenAsked = () -> {};

    @Override
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        called.add("start " + tenant);
        CompletableFuture<Optional<String>> start =
                goesOn ? new CompletableFuture<>() : CompletableFuture.completedFuture(failure);
        begun.add(start);
        return start;
    }

    @Override
    public boolean waits(TenantId tenant) {
        return waits;
    }

    @Override
    public CompletableFuture<Void> disable(TenantId tenant) {
        called.add("disable " + tenant);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> configUpdated(TenantId tenant) {
        called.add("configUpdated " + tenant);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> connected(TenantId tenant) {
        called.add("connected " + tenant);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(TenantId tenant) {
        called.add("validateAuth " + tenant);
        whenAsked.run();
        return verdict;
    }
}
