// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.util.List;

/**
 * What becomes of one artifact in the set that is wanted.
 *
 * @param problems what stands against it; of a superseded one, how it comes back
 * @param reason the sentence
 */
record Verdict(Kind kind, List<Problem> problems, String reason) {
    enum Kind {
        /** It is to run. */
        RUN,
        /** It would run if its required dependencies were served. */
        WAIT,
        /** It can't run as it is, or not beside what runs. */
        REFUSE,
        /** Another version is to run. */
        SUPERSEDE
    }

    static final Verdict RUN = new Verdict(Kind.RUN, List.of());

    Verdict {
        problems = List.copyOf(problems);
    }

    Verdict(Kind kind, List<Problem> problems) {
        this(kind, problems, problems.isEmpty() ? "" : problems.get(0).message());
    }

    static Verdict superseded(Artifact artifact, Artifact by) {
        return of(Wants.superseded(artifact, by));
    }

    /** Reads the verdict on a parked artifact that did not fail. */
    static Verdict of(Note note) {
        Kind kind = note.state() == PluginState.REJECTED ? Kind.REFUSE : Kind.SUPERSEDE;
        return new Verdict(kind, List.of(new Problem.Recorded(note.code(), note.message(), note.remedy())));
    }
}
