// SPDX-License-Identifier: Apache-2.0
/** Names in the database that follow from a plugin's id. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.name;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
