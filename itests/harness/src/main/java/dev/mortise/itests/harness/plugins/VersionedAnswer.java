// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.plugins;

import dev.mortise.itests.harness.Answer;
import java.util.Optional;

/** What a generated plugin answers: its version in a field and on every line, so that a mixture of two shows. */
public final class VersionedAnswer {
    private VersionedAnswer() {}

    /** Answers the one version that the whole answer speaks of, nothing for a mixture. */
    public static Optional<String> version(Answer answer) {
        return answer.headers().firstValue(VersionedRoutes.FIELD).filter(version -> answer.body()
                .equals((version + "\n").repeat(VersionedRoutes.LINES)));
    }
}
