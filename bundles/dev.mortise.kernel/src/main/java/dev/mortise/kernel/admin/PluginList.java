// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import java.time.Instant;
import java.util.List;

/** All plugins, and the files in the folder that have no plugin id. */
public record PluginList(long generation, int count, List<PluginSummary> plugins, List<FileEntry> files) {
    /** A file without a plugin id: still growing, or no plugin at all. */
    public record FileEntry(String file, String state, String reason, Instant since) {}
}
