// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.util.Optional;

/**
 * How far the contract migrations of a run are. They are asked for once, when nothing older runs any more; the next run
 * asks for those that failed again.
 *
 * @param runs whether they run now
 * @param problem why they did not run
 */
record Contract(boolean asked, boolean runs, Optional<Problem> problem) {
    static final Contract OPEN = new Contract(false, false, Optional.empty());
    static final Contract RUNNING = new Contract(true, true, Optional.empty());

    /** They ran, or did not: the version serves all the same, with tables that its code did not expect. */
    static Contract over(PluginIdentity plugin, Optional<Problem> problem) {
        return new Contract(true, false, problem.map(cause -> failed(plugin, cause)));
    }

    private static Problem failed(PluginIdentity plugin, Problem cause) {
        return new MigrationProblem(
                "Plugin '%s' %s serves, but its contract migrations did not all run: %s"
                        .formatted(plugin.id(), plugin.version(), cause.message()),
                "%s They are tried again by 'restart %s' and by the next version."
                        .formatted(cause.remedy(), plugin.id()));
    }
}
