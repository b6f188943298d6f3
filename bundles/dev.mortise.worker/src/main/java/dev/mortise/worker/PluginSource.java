// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.worker.plugin.RunningPlugin;
import dev.mortise.worker.plugin.StartRefused;
import java.util.List;

/** Where the plugin comes from: a jar, or the class path. */
interface PluginSource {
    /** Answers its plugin.json. */
    PluginManifest manifest();

    /** Starts it with what the platform gives to it; whoever gets it closes it. */
    RunningPlugin start(List<Offer<?>> offers) throws StartRefused, InterruptedException;
}
