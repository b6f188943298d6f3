// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two processes of plugin {@code email}, of which one runs and one crashed, and notes of what is ordered about them; every
 * other plugin has none.
 */
public final class NotedWorkers implements Workers {
    private final List<String> orders = new ArrayList<>();
    private final Instant started;
    private final Instant next;

    /** Tells when the one was started, and when the other one is. */
    public NotedWorkers(Instant started, Instant next) {
        this.started = started;
        this.next = next;
    }

    /** Answers what was ordered, in order. */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    @Override
    public List<Worker> list() {
        return List.of(ready(), crashed());
    }

    private Worker ready() {
        return new Worker(
                "email",
                "1.0.0",
                Optional.of("acme"),
                0,
                "n1",
                15000,
                Optional.of(4711L),
                RuntimeState.READY,
                "",
                1,
                Optional.empty(),
                Optional.of(started),
                Optional.of(40L << 20));
    }

    private Worker crashed() {
        return new Worker(
                "email",
                "1.0.0",
                Optional.empty(),
                1,
                "n1",
                0,
                Optional.empty(),
                RuntimeState.ERROR,
                "It crashed.",
                6,
                Optional.of(next),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<Worker> command(PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance) {
        if (!plugin.value().equals("email")) {
            throw new MortiseException(ErrorCode.CONFLICT, "Plugin '" + plugin + "' has no process.");
        }
        orders.add(command + " " + plugin + " " + tenant.orElse("all") + " "
                + instance.map(String::valueOf).orElse("all"));
        return list();
    }
}
