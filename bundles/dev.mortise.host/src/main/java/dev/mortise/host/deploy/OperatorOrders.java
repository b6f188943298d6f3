// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Preview.Planned;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes orders of operators; asked on the sequencer's thread. */
public interface OperatorOrders {
    /** Answers the generation that is recorded. */
    long generation();

    /**
     * Asks for an artifact to run; what is still being started gives way to it if it is mended by it.
     *
     * @param asOf the generation at which the order was begun; an order for the plugin that was recorded since wins
     */
    Answer install(Artifact artifact, boolean downgrade, Trigger trigger, long asOf);

    /** Goes back to an artifact; whatever else is asked for of its plugin steps back. */
    Answer rollback(Artifact artifact);

    /**
     * Takes back everything that is asked for of a plugin; by force even while it is being changed, or others need it.
     */
    Answer uninstall(PluginId plugin, boolean force, Trigger trigger);

    /** Stops and starts a plugin in its versions; or tries what failed or is still being started again, if there is any. */
    Answer restart(PluginId plugin, Trigger trigger);

    /** Moves a plugin, as it is, to run elsewhere: as bundle or worker. */
    Answer move(PluginId plugin, String location, Trigger trigger);

    /** Answers why a plugin's tables can't be changed now, if so: a version of it runs, begins or ends. */
    Optional<String> disturbed(PluginId plugin);

    /** Answers why what is kept of a plugin can't be removed now, if so: it is here, or others need it. */
    Optional<String> needed(PluginId plugin);

    /** Answers what would come of asking for an artifact. */
    Planned preview(Artifact artifact, boolean downgrade, Function<Problem, Why.Item> items);

    /** What an order came to. */
    sealed interface Answer {
        /**
         * It is taken.
         *
         * @param recorded completes with the generation in which it is kept, or fails when it can't be
         * @param undo takes it back again, on the sequencer's thread
         */
        record Taken(String deployment, CompletableFuture<Long> recorded, Runnable undo) implements Answer {}

        /**
         * It is refused.
         *
         * @param blockers plugins that stand against it
         */
        record Refused(String message, List<Problem> problems, List<PluginId> blockers, long generation)
                implements Answer {}
    }
}
