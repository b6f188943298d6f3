// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Builds the context of a call: {@code context().tenant("acme").user("ann", "plugin.reports.generate")}. */
public final class ContextBuilder {
    private Optional<TenantId> tenant = Optional.of(TenantId.DEFAULT);
    private Identity identity = Identity.user("tester", TenantId.DEFAULT, Set.of("*"));
    private Optional<String> caller = Optional.empty();
    private String requestId = "test-request";
    private Optional<String> traceparent = Optional.empty();
    private Duration deadline = Duration.ofSeconds(30);
    private int hop;

    private ContextBuilder() {}

    /** Starts with a user of the tenant {@code default} who may do everything. */
    public static ContextBuilder context() {
        return new ContextBuilder();
    }

    /** Sets the tenant, of the identity too. */
    public ContextBuilder tenant(String id) {
        TenantId named = new TenantId(id);
        tenant = Optional.of(named);
        identity = new Identity(
                identity.kind(),
                identity.id(),
                tenant,
                identity.manyTenants(),
                identity.plugin(),
                identity.permissions());
        return this;
    }

    /** Takes the tenant away, as in an authenticator or while a plugin initializes. */
    public ContextBuilder withoutTenant() {
        tenant = Optional.empty();
        identity = Identity.ANONYMOUS;
        return this;
    }

    /** Sets a user of the tenant with exactly these permissions. */
    public ContextBuilder user(String id, String... permissions) {
        identity = Identity.user(id, tenant.orElse(TenantId.DEFAULT), Set.of(permissions));
        return this;
    }

    /** Sets any identity. */
    public ContextBuilder identity(Identity principal) {
        identity = principal;
        return this;
    }

    /** Sets the plugin that calls. */
    public ContextBuilder caller(String plugin) {
        caller = Optional.of(plugin);
        hop = 1;
        return this;
    }

    /** Sets the id that logs share. */
    public ContextBuilder requestId(String id) {
        requestId = id;
        return this;
    }

    /** Sets the W3C traceparent. */
    public ContextBuilder traceparent(String value) {
        traceparent = Optional.of(value);
        return this;
    }

    /** Sets how much time is left from now on. */
    public ContextBuilder within(Duration time) {
        deadline = time;
        return this;
    }

    /** Answers the context. */
    public CallContext build() {
        return new Call(tenant, identity, caller, requestId, traceparent, System.nanoTime() + deadline.toNanos(), hop);
    }

    /** Runs a task with the context bound to this thread, as a handler is run. */
    public <T> T run(Callable<T> task) throws Exception {
        return BoundContext.call(build(), task);
    }
}
