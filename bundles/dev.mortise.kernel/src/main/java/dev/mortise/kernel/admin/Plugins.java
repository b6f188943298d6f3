// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Optional;

/** Plugins as an operator sees and changes them. Implemented by the host; every surface uses it. */
public interface Plugins {
    /** Answers all plugins and files, with the generation that they stand for. */
    PluginList list();

    /** Answers one plugin in full. */
    Optional<PluginDetail> find(PluginId id);

    /** Explains why a plugin is not READY: the chain, every problem and its remedy. */
    Optional<Why> why(PluginId id);

    /** Answers who depends on whom. */
    PluginGraph graph();

    /** Takes a jar in, unless the plan refuses it. */
    Change install(Upload upload);

    /** Says what taking a jar in would lead to. */
    Preview plan(Upload upload);

    /** Says what taking in a plugin with this {@code plugin.json} would lead to. */
    Preview validate(String manifest);

    /** Removes a plugin in all its versions, with their files in the folder; refused when others need it, unless forced. */
    Change uninstall(PluginId id, boolean force, Trigger trigger);

    /** Goes back to an earlier version, the last one that ran before when none is named. */
    Change rollback(PluginId id, Optional<Version> version);

    /** Stops and starts a plugin in its version, or tries a failed one again. */
    Change restart(PluginId id, Trigger trigger);

    /** Moves a plugin, as it is, to run in another place: as bundle or worker. It serves all the while. */
    Change move(PluginId id, String location, Trigger trigger);

    /**
     * Tells whether a version lies in a range, as npm judges it.
     *
     * @throws dev.mortise.api.error.MortiseException VALIDATION_FAILED when one of them is malformed
     */
    boolean satisfies(String version, String range);

    /** Answers the ids of active plugins that need the plugin, directly. */
    List<PluginId> dependents(PluginId id);
}
