// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Runs plugin versions. */
public interface PluginRuntime {
    /**
     * Begins to start a version; returns at once.
     *
     * @param reach how far its schema may be migrated
     * @param reports takes what it tells of itself, on threads of the plugin
     */
    Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports);

    /** A plugin version that was started. */
    interface Running {
        /**
         * Ends it: hooks, bundle, services; returns at once and may be called again. The stage completes when nothing of
         * it is left, or when it is abandoned because it does not end.
         */
        CompletionStage<Void> retire();

        /** Runs the contract migrations that were left: nothing older runs any more. Returns at once. */
        void contract();
    }
}
