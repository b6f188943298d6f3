// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.concurrent.CompletableFuture;
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

        /** Answers where it runs: bundle or worker. */
        default String location() {
            return RuntimeDeclaration.BUNDLE;
        }

        /**
         * Begins to start the same version in another place, beside this one, and returns at once. It tells that it stands
         * ready there, and that this is recorded, with {@link RunReport.Moved}, or why it stays with {@link
         * RunReport.Stayed}. Not called again before that, and {@link #leave} after it, are over.
         *
         * @param location bundle or worker, one that its manifest lists
         */
        default void move(String location) {
            throw new UnsupportedOperationException("This run stays where it is.");
        }

        /** From now on it is where it was moved to: what it tells is told of that place. Called on the sequencer. */
        default void settle() {}

        /** Ends it where it was before, where no call can be in it any more. */
        default CompletionStage<Void> leave() {
            return CompletableFuture.completedStage(null);
        }

        /** Runs the contract migrations that were left: nothing older runs any more. Returns at once. */
        void contract();
    }
}
