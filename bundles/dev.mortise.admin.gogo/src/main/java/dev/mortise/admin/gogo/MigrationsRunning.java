// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.model.RunningMigration;
import java.util.List;

/** What runs now, oldest first. */
public record MigrationsRunning(List<RunningMigration> running) {}
