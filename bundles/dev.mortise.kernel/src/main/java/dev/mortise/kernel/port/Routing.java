// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Route;
import dev.mortise.api.tool.Tool;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The one writer of the routing snapshot. Implemented by the gateway, used by the host; every change is one write of one
 * reference, so a request sees all of it or nothing.
 */
public interface Routing {
    /** Opens the gateway: from now on each plugin answers for itself, before that all answers are 503 STARTING. */
    void open();

    /** Answers the id of this node, the same over restarts. */
    String node();

    /**
     * Shows these entries, which stand ready beside what is switched in, to the plugin versions that are not switched in
     * themselves: they call each other as they will after the switch, while everybody else sees the old ones. Replaces
     * what was shown before.
     *
     * @throws IllegalArgumentException when an entry's route is malformed or two of its routes clash; then nothing changed
     */
    void probe(List<Entry> candidates);

    /**
     * Replaces all entries of the plugins in the change at once, and removes those that are to go. Entries of one plugin in
     * several versions stand side by side: each caller is served by the highest one that its range admits, and the highest
     * release that serves is the plugin's face to clients.
     *
     * @throws IllegalArgumentException when an entry's route is malformed or two of its routes clash; then nothing changed
     */
    void apply(Change change);

    /**
     * Completes when no call runs in this plugin version any more; fails when the version still serves. It must have left
     * the snapshot before, or stand in it in a state that does not serve.
     */
    CompletionStage<Void> drained(PluginIdentity plugin);

    /**
     * Answers the services that registered instances offer, however these are: no other plugin may offer them here, and who
     * requires one waits no longer. A name that a candidate was shown with is not given away after that.
     */
    Map<ServiceName, HeldService> heldElsewhere();

    /** Calls the listener whenever these changed, on a thread that must not be kept; one listener, the last one. */
    void whenHeldElsewhere(Runnable listener);

    /** One change of the snapshot. */
    record Change(List<Entry> put, Set<PluginId> remove) {
        public Change {
            put = List.copyOf(put);
            remove = Set.copyOf(remove);
        }
    }

    /**
     * What the gateway knows of one plugin.
     *
     * @param location where it runs: bundle, worker, remote
     * @param loader the class loader that is the thread's context loader while its handlers run
     * @param files what lies in its jar
     * @param routes what its route providers answered; empty while it does not serve
     * @param tools what it offers to language models
     * @param reason the sentence that callers get with 503 while it does not serve
     */
    record Entry(
            PluginManifest manifest,
            Digest digest,
            PluginState state,
            String reason,
            Instant since,
            String location,
            ClassLoader loader,
            PluginFiles files,
            List<Route> routes,
            Tools tools) {
        public Entry {
            routes = List.copyOf(routes);
        }
    }

    /** How the tools of a plugin are found and called. */
    sealed interface Tools {
        /** What has no tools. */
        Tools NONE = new Here(List.of());

        /** They are code in this framework. */
        record Here(List<Tool> tools) implements Tools {
            public Here {
                tools = List.copyOf(tools);
            }
        }

        /**
         * They are asked for elsewhere.
         *
         * @param list answers which there are
         * @param call calls one
         */
        record Elsewhere(Handler list, Handler call) implements Tools {}
    }
}
