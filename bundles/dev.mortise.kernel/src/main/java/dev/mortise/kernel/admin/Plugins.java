// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import java.io.InputStream;
import java.nio.file.Path;
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

    /** Takes a jar in: copies it to the watched folder under the given file name, where it is handled like any other. */
    Change install(String fileName, InputStream jar);

    /** Removes a plugin and its file from the folder; refused when others need it, unless forced. */
    Change uninstall(PluginId id, boolean force);

    /** Stops and starts a plugin in its version. */
    Change restart(PluginId id);

    /** Answers the watched folder. */
    Path folder();

    /** Answers the ids of active plugins that need the plugin, directly. */
    List<PluginId> dependents(PluginId id);
}
