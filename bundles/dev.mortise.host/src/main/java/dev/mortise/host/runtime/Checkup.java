// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.Contribution;
import dev.mortise.kernel.model.Problem;

/** What looking at a running plugin came to. */
sealed interface Checkup {
    /** It stands and may be called. */
    record Good(Contribution contribution) implements Checkup {}

    /**
     * Something is missing that may still come.
     *
     * @param shape changes when anything moves
     */
    record Pending(Problem problem, String shape) implements Checkup {}

    /** It is not well now, and says that this will pass. */
    record Unwell(Problem problem) implements Checkup {}

    /** It does not stand as it is. */
    record Bad(Problem problem) implements Checkup {}
}
