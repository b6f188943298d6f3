// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.util.List;
import java.util.function.Predicate;

/** What becomes of a version that failed: it is parked where another one runs in its place, until somebody asks again. */
record Failures(Rows rows, Wants wants) {
    /** Takes note of a failure; the third in a row puts the version into quarantine. */
    void happened(Row row, Problem problem) {
        row.restarting(false);
        row.fail(problem);
        wants.find(row.artifact().digest())
                .filter(wish -> !wish.active())
                .filter(wish -> row.state() == PluginState.QUARANTINED || replaceable(wish))
                .ifPresent(wish ->
                        wants.put(wish.parked(new Note(row.state(), problem.code(), row.reason(), problem.remedy()))));
    }

    /** Tries those that failed again; what is in quarantine stays there. */
    void retry(Predicate<Row> which) {
        rows.all().stream()
                .filter(row -> row.state() == PluginState.FAILED && which.test(row))
                .forEach(row -> tryAgain(row, false));
    }

    /** Tries some again, by order of an operator. */
    void retryByOrder(List<Row> failed) {
        failed.forEach(row -> tryAgain(row, true));
    }

    private void tryAgain(Row row, boolean byOrder) {
        row.tryAgain(byOrder);
        wants.find(row.artifact().digest()).ifPresent(wish -> wants.put(wish.tried()));
    }

    private boolean replaceable(Wish wish) {
        return wants.of(wish.id()).stream()
                .anyMatch(other -> other.active() && Wish.rivals(wish.artifact(), other.artifact()));
    }
}
