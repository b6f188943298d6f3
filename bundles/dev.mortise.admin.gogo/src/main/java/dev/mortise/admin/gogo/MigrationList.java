// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Migrations.Line;
import java.util.List;

/** What was applied for one plugin, oldest first. */
public record MigrationList(String plugin, List<Line> migrations) {}
