// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.data;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Supplies a plugin's migrations. Without it they are read from {@code migrations/<version>__<description>.sql} in the
 * jar. A plugin that offers one is started in two steps, so its other components see the database migrated.
 */
@ConsumerType
@FunctionalInterface
public interface MigrationSource {
    /** Answers the migrations in any order; asked once per start, on a thread of the plugin. */
    List<Migration> migrations();
}
