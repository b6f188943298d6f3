// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Problem;
import java.util.Optional;

/**
 * Has contract migrations run: what only works without the old version is done when nothing older runs any more. That
 * belongs to the deployment which switched the version in. Lives on the sequencer's thread.
 */
record Contracts(Rows rows, Journal journal) {
    /** Begins those that may run now. */
    void begin() {
        rows.current().stream()
                .filter(Contracts::areLeft)
                .filter(row -> rows.of(row.id()).stream().noneMatch(other -> other != row && other.alive()))
                .forEach(this::begin);
    }

    private static boolean areLeft(Row row) {
        boolean left = row.contribution()
                .filter(brought -> brought.contractsLeft() > 0)
                .isPresent();
        return left && row.stands() && !row.contract().asked();
    }

    private void begin(Row row) {
        row.contract(Contract.RUNNING);
        journal.enter(row.artifact(), Phase.MIGRATE);
        row.running().ifPresent(Running::contract);
    }

    /** Takes note of what became of them. */
    void over(Row row, Optional<Problem> problem) {
        row.contract(Contract.over(row.artifact().identity(), problem));
        problem.ifPresent(why -> journal.fail(row.artifact()));
    }
}
