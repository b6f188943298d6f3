// SPDX-License-Identifier: Apache-2.0
/** Paths and queries of requests in their one canonical form, and the table that finds a route for them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.route;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
