// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanningTest {
    private static final Candidate READER = candidate("reader");
    private static final Candidate WRITER = candidate("writer");

    private Map<ServiceName, HeldService> held = Map.of();
    private final Planning planning = new Planning(new Version("1.0.0"), () -> held);

    @Test
    void theSameSetIsPlannedOnce() {
        var first = planning.plan(List.of(READER, WRITER));
        planning.plan(List.of(READER));
        assertThat(planning.plan(List.of(READER, WRITER))).isSameAs(first);
    }

    @Test
    void oneThatFailedMeanwhileIsAnotherSet() {
        planning.plan(List.of(READER));
        Problem failure = new Problem.StartProblem("It broke.", "Mend it.");
        Candidate broken = new Candidate(READER.manifest(), READER.digest(), Optional.of(failure));
        assertThat(planning.plan(List.of(broken)).refused()).containsKey(READER.identity());
    }

    private static Candidate candidate(String id) {
        var artifact = Sketch.plugin(id, "1.0.0").artifact();
        return new Candidate(artifact.manifest(), artifact.digest(), Optional.empty());
    }
}
