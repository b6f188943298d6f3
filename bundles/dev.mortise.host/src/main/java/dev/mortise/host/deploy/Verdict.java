// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Problem;
import java.util.List;

/** What becomes of one artifact in the set that is wanted. */
record Verdict(Kind kind, List<Problem> problems) {
    enum Kind {
        /** It is to run. */
        RUN,
        /** It would run if its required dependencies were served. */
        WAIT,
        /** It can't run as it is, or not beside what runs. */
        REFUSE,
        /** A more wanted version is to run. */
        SUPERSEDE
    }

    Verdict {
        problems = List.copyOf(problems);
    }

    static final Verdict RUN = new Verdict(Kind.RUN, List.of());
    static final Verdict SUPERSEDED = new Verdict(Kind.SUPERSEDE, List.of());
}
