// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Group;
import dev.mortise.kernel.model.Deployment.Leak;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Deployment.Step;
import dev.mortise.kernel.model.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The deployments that a test sets; remembers who waits. */
final class FakeDeployments implements Deployments {
    final List<String> awaited = new ArrayList<>();
    boolean away;
    List<Deployment> all = List.of(done());

    /** An update with a newcomer, of which one fails. */
    static Deployment done() {
        return new Deployment(
                "d-1",
                13,
                State.DONE,
                Trigger.SHELL,
                Shell.NOW.minusSeconds(90),
                Optional.of(Shell.NOW.minusMillis(88_750)),
                Optional.empty(),
                List.of(
                        new Group(
                                List.of(
                                        new Member("reports", Optional.of("1.0.0"), Optional.of("1.1.0")),
                                        new Member("crm", Optional.empty(), Optional.of("1.0.0"))),
                                State.DONE,
                                Optional.empty()),
                        new Group(
                                List.of(new Member("old", Optional.of("0.9.0"), Optional.empty())),
                                State.FAILED,
                                Optional.of("Plugin 'old' did not stop within 30 s."))),
                List.of(
                        new Step(Phase.INSTALL, "reports", State.DONE, 12),
                        new Step(Phase.DRAIN, "old", State.FAILED, 1_200)),
                List.of(new Leak("reports", "1.0.0", "collected after 2 s")));
    }

    static Deployment running() {
        return ofOneState("d-2", State.RUNNING, Optional.empty());
    }

    static Deployment refused() {
        return ofOneState("d-3", State.REFUSED, Optional.of("The plan refuses it."));
    }

    private static Deployment ofOneState(String id, State state, Optional<String> reason) {
        return new Deployment(
                id,
                14,
                state,
                Trigger.ROLLBACK,
                Shell.NOW.minusSeconds(3),
                Optional.of(Shell.NOW).filter(end -> state != State.RUNNING),
                reason,
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public List<Deployment> newest(int limit) {
        return journal().limit(limit).toList();
    }

    @Override
    public Optional<Deployment> find(String id) {
        return journal().filter(one -> one.id().equals(id)).findFirst();
    }

    private Stream<Deployment> journal() {
        if (away) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.");
        }
        return all.stream();
    }

    @Override
    public Optional<Deployment> await(String id, Duration patience) {
        awaited.add(id + " " + patience.toSeconds());
        return find(id);
    }
}
