// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The processes of one plugin version: one or several for each tenant, or for all tenants together. */
public interface WorkerFleet extends RemoteInstances {
    /**
     * Starts what serves this tenant, or all tenants, unless it runs; completes when it is ready, exceptionally with a
     * {@code MortiseException} that tells why it did not become so.
     */
    CompletableFuture<Surface> start(Optional<String> tenant);

    /** Ends what serves this tenant: /disable, TERM, KILL. A process that serves all tenants is told, and goes on. */
    CompletableFuture<Void> disable(String tenant);

    /** Tells the processes of this tenant that its settings or credentials changed: a line on standard input, then
     * {@code /config-update}. Without a process for it there is nothing to do. */
    CompletableFuture<Void> update(String tenant, TenantPart part);

    /** Does the same, and tells them that the tenant gave credentials, or others than before: a renewed token is not such. */
    CompletableFuture<Void> connected(String tenant, TenantPart part);

    /** Gives the process that got this at its start another credential to call the core with: a line on standard input.
     * Once that process ended there is nothing to do. Returns at once. */
    void renew(WorkerProcesses.Handover given, String credential);

    /** Asks a process about credentials; starts one if none runs. Empty when it did not answer in time. */
    CompletableFuture<Optional<AuthVerdict>> validateAuth(String tenant, TenantPart part);

    /**
     * Asks a process what it says of itself, and answers that as it is, at most 1 MB. Empty where none runs; completes
     * exceptionally with a {@code MortiseException} when it does not answer, or too much.
     */
    CompletableFuture<Optional<String>> metadata();

    /** Carries out an operator's order; completes exceptionally with a {@code MortiseException} when it can't. */
    CompletableFuture<Void> command(Command command, Optional<String> tenant, Optional<Integer> instance);

    /** Answers the processes, also those that wait for their next try. */
    List<Worker> workers();

    /** Ends all processes: calls that run in them are answered first. Called once more it does nothing. */
    CompletionStage<Void> retire();

    /** What an operator may order. */
    enum Command {
        /** Starts what does not run; leaves {@code error}. */
        START,
        /** Ends it until somebody starts it: calls are answered with 503. */
        STOP,
        /** Ends it and starts it anew, and forgets its crashes. */
        RESTART
    }

    /**
     * What a process said of itself at {@code /metadata}.
     *
     * @param routes its routes, by method and path as in plugin.json
     * @param tools its tools as JSON
     */
    record Surface(List<Route> routes, List<String> tools) {
        public Surface {
            routes = List.copyOf(routes);
            tools = List.copyOf(tools);
        }
    }

    /** One route of a process. */
    record Route(String method, String path) {}

    /**
     * One process, as an operator sees it.
     *
     * @param tenant the only one that it serves
     * @param instance counted from 0
     * @param port 0 while there is none
     * @param reason why it is as it is, when that is not obvious
     * @param restarts crashes since it was last well for long
     */
    record Worker(
            String plugin,
            String version,
            Optional<String> tenant,
            int instance,
            String node,
            int port,
            Optional<Long> pid,
            RuntimeState state,
            String reason,
            int restarts,
            Optional<Instant> nextTryAt,
            Optional<Instant> startedAt,
            Optional<Long> rssBytes) {}
}
