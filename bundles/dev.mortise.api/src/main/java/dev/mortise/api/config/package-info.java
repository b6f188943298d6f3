// SPDX-License-Identifier: Apache-2.0
/** Settings and credentials that tenants, and the operator, give to a plugin. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
