// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** How answers about processes of plugins look. */
record WorkerTexts(Clock clock) {
    private static final long MEGABYTE = 1 << 20;

    /** Answers one line a process. */
    Page all(WorkerList list) {
        Table table = new Table("PLUGIN", "TENANT", "#", "STATE", "PORT", "PID", "MEMORY", "UP", "RESTARTS", "REASON");
        list.workers()
                .forEach(worker -> table.row(
                        worker.plugin() + " " + worker.version(),
                        worker.tenant().orElse(""),
                        Integer.toString(worker.instance()),
                        worker.state().text(),
                        port(worker),
                        worker.pid().map(String::valueOf).orElse(""),
                        memory(worker).orElse(""),
                        worker.startedAt().map(this::age).orElse(""),
                        Integer.toString(worker.restarts()),
                        reason(worker)));
        return new Page().table(table, "No plugin runs in a process of its own now.");
    }

    /** Answers all that is known of them. */
    Page full(WorkersInFull list) {
        Page page = new Page();
        list.workers().forEach(worker -> add(page, worker));
        return page;
    }

    private void add(Page page, Worker worker) {
        page.line("Process " + worker.instance() + " of " + worker.plugin() + " " + worker.version() + " is "
                        + worker.state().text())
                .line("Reason", Optional.of(worker.reason()).filter(text -> !text.isEmpty()))
                .line("Tenant", worker.tenant())
                .line("Node", worker.node())
                .line("Port", Optional.of(port(worker)).filter(text -> !text.isEmpty()))
                .line("Pid", worker.pid().map(String::valueOf))
                .line("Memory", memory(worker))
                .line("Up", worker.startedAt().map(this::age))
                .line("Restarts", Integer.toString(worker.restarts()))
                .line("Next try", worker.nextTryAt().map(Instant::toString));
    }

    private static String reason(Worker worker) {
        return worker.nextTryAt()
                .map(at -> worker.reason() + " Next try at " + at + ".")
                .orElse(worker.reason());
    }

    private static String port(Worker worker) {
        return worker.port() == 0 ? "" : Integer.toString(worker.port());
    }

    private static Optional<String> memory(Worker worker) {
        return worker.rssBytes().map(bytes -> bytes / MEGABYTE + " MB");
    }

    private String age(Instant since) {
        return Age.of(since, clock.instant());
    }
}
