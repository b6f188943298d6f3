// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Problem.MigrationProblem;

/** Ends a migration that is not taken. */
final class MigrationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MigrationProblem problem;

    private final boolean waitedForLock;

    MigrationRefused(MigrationProblem problem) {
        this(problem, false);
    }

    /** Says also whether it ended because of a lock that it did not get in time. */
    MigrationRefused(MigrationProblem problem, boolean waitedForLock) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.waitedForLock = waitedForLock;
    }

    MigrationProblem problem() {
        return problem;
    }

    boolean waitedForLock() {
        return waitedForLock;
    }
}
