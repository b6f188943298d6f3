// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.nio.file.Path;

/** What operators may order of a host that runs. */
public interface Orders {
    /** Stops and starts a plugin, or tries a failed one again; returns at once. */
    void restart(PluginId plugin);

    /** Answers how large a jar may be. */
    long jarBytesAtMost();

    /** Says whether a jar would be taken under this name. */
    Inspection check(Path jar, String name) throws IOException;
}
