// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.PluginDetail.DependencyEntry;
import java.util.List;

/** What a plugin needs, and the ids of those that need it. */
public record Dependencies(String plugin, List<DependencyEntry> needs, List<String> neededBy) {}
