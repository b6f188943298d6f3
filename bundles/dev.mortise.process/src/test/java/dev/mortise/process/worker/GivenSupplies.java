// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands over the same to everybody and remembers what is out. */
final class GivenSupplies implements Supplies {
    final List<Handover> given = new CopyOnWriteArrayList<>();
    final List<Handover> out = new CopyOnWriteArrayList<>();
    volatile String padding = "";

    @Override
    public Handover handover(Optional<String> tenant) {
        Map<String, Object> config = Map.of("currency", "EUR", "padding", padding);
        TenantPart part = new TenantPart(config, Optional.of(new Auth("api-key", Map.of("key", "s3cret"))));
        Handover made = new Handover(
                "credential-" + given.size(),
                Optional.of(new Database("jdbc:postgresql://127.0.0.1/x", "app", "hidden")),
                Map.of(tenant.orElse("acme"), part));
        given.add(made);
        out.add(made);
        return made;
    }

    @Override
    public void release(Handover handover) {
        if (!out.remove(handover)) {
            throw new AssertionError("released what was not out");
        }
    }
}
