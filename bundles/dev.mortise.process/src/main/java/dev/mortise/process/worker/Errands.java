// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.process.worker.Parts.Talking;
import dev.mortise.process.worker.WorkerSettings.Pace;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.wire.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the processes of a fleet are told and asked. */
final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    /** As long as it may take where a start waits for it (Readiness). */
    private static final Duration METADATA = Duration.ofSeconds(2);

    private final Crew crew;

    Errands(Crew crew) {
        this.crew = crew;
    }

    /** What is done with a process that runs, on a thread that may wait. */
    private interface Errand {
        void run(Member member, Running running);
    }

    /**
     * Tells processes that what a tenant gave is otherwise now.
     *
     * @param connected whether that is so because it gave credentials
     */
    CompletableFuture<Void> update(Optional<String> key, String tenant, TenantPart part, boolean connected) {
        String line = talking().lines().tenant(tenant, part, connected);
        return each(key, (member, running) -> {
            boolean taken = running.started.child().tell(line, pace().auth())
                    && talking().calls().configUpdate(target(running), tenant, part, pace().auth());
            if (!taken) {
                LOG.warn("plugin={} {} did not take in new settings", crew.plugin, member.slot);
            }
        });
    }

    /** Gives the process that got this at its start another credential. */
    void renew(Handover given, String credential) {
        List<Child> children = crew.locked(() -> crew.members().stream()
                .map(member -> member.running)
                .filter(running -> running != null
                        && running.started
                                .given()
                                .now()
                                .filter(has -> has.credential().equals(given.credential()))
                                .isPresent())
                .map(running -> running.started.child())
                .toList());
        String line = talking().lines().credential(credential);
        for (Child child : children) {
            var unused = child.tell(line)
                    .completeOnTimeout(false, pace().auth().toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(taken -> {
                        if (!taken) {
                            LOG.warn("plugin={} a process did not take in its new credential", crew.plugin);
                        }
                    });
        }
    }

    /** Tells processes of all tenants that one of them disabled the plugin. */
    CompletableFuture<Void> disable(String tenant) {
        return each(Optional.empty(), (member, running) -> {
            if (!talking().calls().disable(target(running), Optional.of(tenant), pace().disable())) {
                LOG.warn("plugin={} {} did not take in that a tenant disabled it", crew.plugin, member.slot);
            }
        });
    }

    /** Asks one about credentials. */
    CompletableFuture<Optional<AuthVerdict>> validateAuth(Optional<String> key, String tenant, TenantPart part) {
        CompletableFuture<Optional<AuthVerdict>> verdict = new CompletableFuture<>();
        WorkerThreads.run(crew.parts.threads().chores(), () -> {
            try {
                verdict.complete(talking().calls().validateAuth(target(any(key)), tenant, part, pace().auth()));
            } catch (RuntimeException e) {
                verdict.completeExceptionally(e);
            }
        });
        return verdict;
    }

    /** Asks whichever takes calls what it is. */
    CompletableFuture<Optional<String>> metadata() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        WorkerThreads.run(crew.parts.threads().chores(), () -> {
            try {
                answer.complete(running().map(one -> talking().calls().metadataText(target(one), METADATA)));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private Optional<Running> running() {
        return crew.locked(() -> crew.members().stream()
                .flatMap(member -> Optional.ofNullable(member.running).stream())
                .filter(Running::takesCalls)
                .findFirst());
    }

    private Talking talking() {
        return crew.parts.talking();
    }

    private Pace pace() {
        return crew.parts.settings().get().pace();
    }

    private static Target target(Running running) {
        return running.started.target();
    }

    private Running any(Optional<String> key) {
        return crew.locked(() -> {
            Running found = crew.group(key).pick(System.nanoTime());
            if (found == null) {
                throw crew.fault("It is gone again.");
            }
            found.lastUse = System.nanoTime();
            return found;
        });
    }

    /** Does something with every process of a group, now, or when it is ready. */
    private CompletableFuture<Void> each(Optional<String> key, Errand errand) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        crew.locked(() -> {
            Group group = crew.groups.get(key);
            if (group != null) {
                group.members.forEach(member -> all.add(run(member, errand)));
            }
        });
        return Fleet.all(all);
    }

    private CompletableFuture<Void> run(Member member, Errand errand) {
        Start start = member.start;
        return start == null
                ? now(member, errand)
                : start.result.handle((ready, failed) -> member).thenCompose(ready -> now(ready, errand));
    }

    private CompletableFuture<Void> now(Member member, Errand errand) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Optional<Running> running = crew.locked(() -> Optional.ofNullable(member.running));
        if (running.isEmpty()) {
            done.complete(null);
            return done;
        }
        WorkerThreads.run(crew.parts.threads().chores(), () -> {
            try {
                errand.run(member, running.get());
            } catch (MortiseException e) {
                LOG.warn("plugin={} {}: {}", crew.plugin, member.slot, e.getMessage());
            } finally {
                done.complete(null);
            }
        });
        return done;
    }
}
