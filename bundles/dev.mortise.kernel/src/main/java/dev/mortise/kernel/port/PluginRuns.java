// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginIdentity;

/**
 * Lets all nodes know which plugin versions run, so that nobody takes their tables away. Implemented by the data bundle, used
 * by whoever runs a version without asking for its DataSource: the host, for plugins that run as workers.
 */
public interface PluginRuns {
    /** Takes note that a plugin version runs, and records it in the background. The caller closes what it gets. */
    Run runs(PluginIdentity plugin);

    /** One plugin version as long as it runs here. */
    interface Run extends AutoCloseable {
        /** It runs no more. */
        @Override
        void close();
    }
}
