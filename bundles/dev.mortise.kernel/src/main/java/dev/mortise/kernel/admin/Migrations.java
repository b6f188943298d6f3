// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import java.time.Instant;
import java.util.List;

/** Applied migrations as an operator sees them. Implemented by the data bundle. */
public interface Migrations {
    /** Answers what was applied for a plugin, oldest first. */
    List<Line> list(PluginId plugin);

    /** One applied migration. */
    record Line(long version, String description, String phase, String checksum, Instant appliedAt) {}
}
