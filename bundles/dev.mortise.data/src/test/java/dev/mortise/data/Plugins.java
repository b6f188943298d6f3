// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;

/** Short words for plugins in tests. */
final class Plugins {
    private Plugins() {}

    static PluginIdentity identity(String id) {
        return new PluginIdentity(new PluginId(id), new Version("1.0.0"));
    }

    static Migration first(String script) {
        return Migration.expand(1, "create", script);
    }
}
