// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One deployment, d-1, in the state that a test says; remembers what it is asked. */
final class StubDeployments implements Deployments {
    /** What clients see of it when it is done. */
    static final String DONE = """
            {"id":"d-1","generation":13,"state":"DONE","trigger":"API",
             "startedAt":"2026-11-21T12:00:03Z","finishedAt":"2026-11-21T12:00:04.250Z",
             "groups":[{"plugins":[{"id":"reports","from":"1.0.0","to":"1.1.0"},{"id":"crm","to":"1.0.0"}],"state":"DONE"},
                       {"plugins":[{"id":"old","from":"1.0.0"}],"state":"FAILED","reason":"It hangs."}],
             "steps":[{"phase":"INSTALL","plugin":"reports","state":"DONE","ms":12}],
             "leaks":[{"plugin":"reports","version":"1.0.0","verdict":"collected after 2 s"}]}""";

    final List<String> asked = new ArrayList<>();
    Deployment deployment = inState(State.DONE);

    static Deployment inState(State state) {
        boolean ended = state != State.RUNNING;
        return new Deployment(
                "d-1",
                13,
                state,
                Trigger.API,
                Instant.parse("2026-11-21T12:00:03Z"),
                Optional.of(Instant.parse("2026-11-21T12:00:04.250Z")).filter(end -> ended),
                Optional.of("It is refused.").filter(reason -> state == State.REFUSED),
                List.of(
                        new Group(
                                List.of(
                                        new Member("reports", Optional.of("1.0.0"), Optional.of("1.1.0")),
                                        new Member("crm", Optional.empty(), Optional.of("1.0.0"))),
                                State.DONE,
                                Optional.empty()),
                        new Group(
                                List.of(new Member("old", Optional.of("1.0.0"), Optional.empty())),
                                State.FAILED,
                                Optional.of("It hangs."))),
                List.of(new Step(Phase.INSTALL, "reports", State.DONE, 12)),
                List.of(new Leak("reports", "1.0.0", "collected after 2 s")));
    }

    @Override
    public List<Deployment> newest(int limit) {
        asked.add("newest " + limit);
        return List.of(deployment);
    }

    @Override
    public Optional<Deployment> find(String id) {
        return Optional.of(deployment).filter(known -> known.id().equals(id));
    }

    @Override
    public Optional<Deployment> await(String id, Duration patience) {
        asked.add("await " + id + " " + patience);
        return find(id);
    }
}
