// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.http.Route;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.api.tool.Tool;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;

/** The plugin as it runs in this process. */
public interface RunningPlugin extends AutoCloseable {
    /** Answers its plugin.json. */
    PluginManifest manifest();

    /** Answers the loader of its classes. */
    ClassLoader loader();

    /** Answers its routes. */
    List<Route> routes();

    /** Answers its tools. */
    List<Tool> tools();

    /** Answers its hooks. */
    List<PluginLifecycle> hooks();

    /** Answers its health checks. */
    List<HealthCheck> checks();

    /** Takes it out of the process; its hooks were called before. */
    @Override
    void close();
}
