// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.time.Instant;
import java.util.Optional;

/** One process of a plugin as JSON. */
record WorkerView(
        String plugin,
        Optional<String> tenant,
        int instance,
        String node,
        Optional<Integer> port,
        Optional<Long> pid,
        String runtimeState,
        Optional<String> reason,
        int restarts,
        Optional<Instant> nextTryAt,
        Optional<Instant> startedAt,
        Optional<Long> rssBytes) {
    static WorkerView of(Worker one) {
        return new WorkerView(
                one.plugin(),
                one.tenant(),
                one.instance(),
                one.node(),
                Optional.of(one.port()).filter(port -> port > 0),
                one.pid(),
                one.state().text(),
                Optional.of(one.reason()).filter(reason -> !reason.isEmpty()),
                one.restarts(),
                one.nextTryAt(),
                one.startedAt(),
                one.rssBytes());
    }
}
