// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.kernel.model.PluginState;
import java.util.List;

/** What verdicts mean for what is not switched in: where it stands, and whether its start goes on. */
record Settlement(Rows rows, Wants wants, Choice choice, Starts starts, Endings endings, Sequence sequence) {
    /** Puts what does not run where its verdict puts it. */
    void settle(Row row) {
        boolean failed = row.failed()
                && wants.find(row.artifact().digest()).filter(Wish::option).isPresent();
        if (failed || row.running().isPresent() || row.ending()) {
            return;
        }
        Board.verdict(row, choice, wants).ifPresent(verdict -> {
            var problems = new Providers(rows, choice).asTheyAre(verdict.problems());
            String why = problems.isEmpty() ? verdict.reason() : problems.get(0).message();
            switch (verdict.kind()) {
                case RUN -> row.settle(PluginState.RESOLVED, "It starts when what it needs is there.", problems);
                case WAIT -> row.settle(PluginState.WAITING, why, problems);
                case REFUSE -> row.settle(PluginState.REJECTED, why, problems);
                case SUPERSEDE -> row.settle(PluginState.STAGED, why, List.of());
            }
        });
    }

    /** What is being started although it is no longer wanted, or is to begin anew, never switched in: it just goes. */
    void abort(Row row) {
        boolean starting = (row.starting() || row.prepared()) && !row.ending();
        if (starting && (row.restarting() || !wanted(row))) {
            row.current(false);
            starts.giveBack(row);
            if (row.restarting()) {
                endings.retire(row, () -> {}); // it may hang: the next run does not wait for that
                rows.renew(row, wants);
                sequence.post(() -> {});
            } else {
                endings.retire(row, () -> rows.renew(row, wants));
            }
        }
    }

    private boolean wanted(Row row) {
        Verdict verdict = choice.verdicts().get(row.artifact().digest());
        return verdict != null && verdict.kind() == Verdict.Kind.RUN;
    }
}
