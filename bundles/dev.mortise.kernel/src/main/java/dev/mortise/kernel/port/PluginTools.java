// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The tools of plugins, for a surface that offers them to clients. Implemented by the gateway: a call of a tool passes the
 * guards that calls of routes pass, wherever the plugin runs.
 */
public interface PluginTools {
    /** Answers the plugins that the tenant has and that take calls now, by id. */
    List<Source> sources(TenantId tenant);

    /** Tells whether the caller holds these permissions towards the plugin. */
    boolean may(Call caller, PluginId plugin, Set<String> permissions);

    /**
     * Sends a request to a plugin on a thread in the background, at most until the deadline of the call. Fails with a
     * {@code MortiseException} when the plugin could not be asked; a tenant that does not have the plugin gets the
     * refusal that an unknown plugin gets.
     */
    CompletionStage<Response> ask(Call call, PluginId plugin, Question question);

    /**
     * A plugin that may have tools.
     *
     * @param digest of its jar; all zeros for what has none here
     * @param stamp another one whenever its code or its tools are others
     * @param tools whether it has any of its own, or may have
     */
    record Source(PluginManifest manifest, Digest digest, long stamp, boolean tools) {}

    /** What a plugin is asked for. */
    sealed interface Question {
        /** Which tools it has: {@code {"tools":[…]}}. */
        record WhichTools() implements Question {}

        /**
         * A call of one.
         *
         * @param permissions what the caller needs
         * @param content {@code {"toolName","arguments"}}
         */
        record CallTool(Set<String> permissions, Body content) implements Question {
            public CallTool {
                permissions = Set.copyOf(permissions);
            }
        }
    }
}
