// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.port.AccessControl;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.kernel.port.Tracing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Holds the services of other bundles that come and go while the gateway stays. */
@Component(service = Neighbours.class)
public final class Neighbours {
    private final AtomicReference<@Nullable AccessControl> access = new AtomicReference<>();
    private final AtomicReference<@Nullable Health> health = new AtomicReference<>();
    private final AtomicReference<@Nullable TenantDirectory> tenants = new AtomicReference<>();
    private final AtomicReference<@Nullable TenantPlugins> tenantPlugins = new AtomicReference<>();
    private final AtomicReference<@Nullable Tracing> tracing = new AtomicReference<>();
    private final AtomicReference<@Nullable RemoteCalls> remote = new AtomicReference<>();
    private final AtomicReference<@Nullable HopTokens> hopTokens = new AtomicReference<>();
    // Written under the monitor, read by every call.
    private volatile Meters meters = Meters.NONE;
    private final List<Runnable> metersChanged = new CopyOnWriteArrayList<>();

    @Nullable
    AccessControl access() {
        return access.get();
    }

    @Nullable
    Health health() {
        return health.get();
    }

    @Nullable
    TenantDirectory tenants() {
        return tenants.get();
    }

    @Nullable
    TenantPlugins tenantPlugins() {
        return tenantPlugins.get();
    }

    @Nullable
    Tracing tracing() {
        return tracing.get();
    }

    @Nullable
    RemoteCalls remote() {
        return remote.get();
    }

    @Nullable
    HopTokens hopTokens() {
        return hopTokens.get();
    }

    Meters meters() {
        return meters;
    }

    /** Runs the task whenever {@link #meters} has changed. */
    void whenMetersChange(Runnable task) {
        metersChanged.add(task);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAccess(AccessControl service) {
        access.set(service);
    }

    void unbindAccess(AccessControl service) {
        access.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHealth(Health service) {
        health.set(service);
    }

    void unbindHealth(Health service) {
        health.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTenants(TenantDirectory service) {
        tenants.set(service);
    }

    void unbindTenants(TenantDirectory service) {
        tenants.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTenantPlugins(TenantPlugins service) {
        tenantPlugins.set(service);
    }

    void unbindTenantPlugins(TenantPlugins service) {
        tenantPlugins.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTracing(Tracing service) {
        tracing.set(service);
    }

    void unbindTracing(Tracing service) {
        tracing.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRemote(RemoteCalls service) {
        remote.set(service);
    }

    void unbindRemote(RemoteCalls service) {
        remote.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHopTokens(HopTokens service) {
        hopTokens.set(service);
    }

    void unbindHopTokens(HopTokens service) {
        hopTokens.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters service) {
        synchronized (this) {
            meters = service;
        }
        metersChanged.forEach(Runnable::run);
    }

    void unbindMeters(Meters service) {
        synchronized (this) {
            meters = meters == service ? Meters.NONE : meters;
        }
        metersChanged.forEach(Runnable::run);
    }
}
