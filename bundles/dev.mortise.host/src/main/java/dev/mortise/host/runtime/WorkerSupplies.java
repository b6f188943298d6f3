// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.TenantParts;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.admin.Tokens.Created;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginLogins;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the processes of one plugin version are given: a credential of their own, which is good for a short while and then
 * replaced, a login for their tables, and what tenants gave to the plugin.
 */
final class WorkerSupplies implements Supplies {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupplies.class);
    /** Of one process: the credential that it has, and the last one, which it may be using still. */
    private static final int KEPT = 2;

    private final Artifact artifact;
    private final WorkerPorts ports;
    private final TenantParts parts;
    private final Map<String, Given> given = new ConcurrentHashMap<>();

    WorkerSupplies(Artifact artifact, WorkerPorts ports) {
        this.artifact = artifact;
        this.ports = ports;
        this.parts = ports.parts().apply(artifact.manifest());
    }

    /** A process that runs, with the ids of its tokens, the newest last, and when it got that. */
    private record Given(Handover handover, Optional<String> tenant, Deque<String> tokens, AtomicLong since) {
        boolean olderThan(Duration age) {
            return System.nanoTime() - since.get() >= age.toNanos();
        }
    }

    @Override
    public Handover handover(Optional<String> tenant) {
        Map<String, TenantPart> all = new HashMap<>();
        tenant.map(id -> List.of(new TenantId(id)))
                .orElseGet(() -> ports.platform().tenancy().served(plugin()))
                .forEach(one -> all.put(one.value(), part(one)));
        Optional<Database> database = artifact.migrations().isEmpty() ? Optional.empty() : Optional.of(login(tenant));
        Created.Made token = token(tenant);
        Handover handover = new Handover(token.text(), database, all);
        Deque<String> tokens = new ArrayDeque<>();
        tokens.add(token.token().id());
        given.put(token.text(), new Given(handover, tenant, tokens, new AtomicLong(System.nanoTime())));
        return handover;
    }

    @Override
    public void release(Handover handover) {
        Given over = given.remove(handover.credential());
        if (over != null) {
            synchronized (over.tokens) {
                over.tokens.forEach(this::revoke);
                over.tokens.clear();
            }
        }
    }

    /** Answers what a tenant gave; waits for the database. */
    TenantPart part(TenantId tenant) {
        return parts.of(tenant);
    }

    /**
     * Gives another credential to every process whose own is so old; waits for the database. One that can't be had is had at
     * the next time, which is to come soon.
     */
    void renew(WorkerFleet fleet, Duration age) {
        given.values().stream().filter(one -> one.olderThan(age)).forEach(one -> {
            try {
                renew(one, fleet);
            } catch (MortiseException e) {
                LOG.warn("plugin={} a process keeps its credential for now: {}", plugin(), e.getMessage());
            }
        });
    }

    private void renew(Given one, WorkerFleet fleet) {
        Created.Made next = token(one.tenant);
        synchronized (one.tokens) {
            if (!given.containsKey(one.handover.credential())) {
                revoke(next.token().id());
                return;
            }
            one.tokens.add(next.token().id());
            one.since.set(System.nanoTime());
            fleet.renew(one.handover, next.text());
            while (one.tokens.size() > KEPT) {
                revoke(one.tokens.remove());
            }
        }
    }

    private Created.Made token(Optional<String> tenant) {
        Created created = tokens().create(new Tokens.NewToken(
                "plugin", Optional.of(plugin().value()), tenant, Optional.of(ports.credential())));
        if (created instanceof Created.Refused refused) {
            throw unavailable(refused.message());
        }
        return (Created.Made) created;
    }

    private void revoke(String id) {
        try {
            boolean unused = tokens().revoke(id);
        } catch (MortiseException expiresByItself) {
            LOG.debug("plugin={} token {} is not revoked", plugin(), id, expiresByItself);
        }
    }

    private Tokens tokens() {
        return ports.others()
                .tokens()
                .get()
                .orElseThrow(() -> unavailable("nobody makes credentials here. Run an edition with security."));
    }

    private Database login(Optional<String> tenant) {
        return ports.others()
                .logins()
                .get()
                .map((PluginLogins logins) -> logins.of(plugin(), tenant.map(TenantId::new)))
                .orElseThrow(() -> unavailable("there is no database."));
    }

    private MortiseException unavailable(String why) {
        return new MortiseException(
                ErrorCode.SERVICE_UNAVAILABLE, "Plugin '%s' gets no process: %s".formatted(plugin(), why));
    }

    private PluginId plugin() {
        return artifact.id();
    }
}
