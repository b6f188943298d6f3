// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Problem.MigrationProblem;

/** Ends a migration that is not taken. */
final class MigrationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MigrationProblem problem;

    MigrationRefused(MigrationProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    MigrationProblem problem() {
        return problem;
    }
}
