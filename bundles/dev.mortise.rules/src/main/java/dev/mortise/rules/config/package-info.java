// SPDX-License-Identifier: Apache-2.0
/** Settings of plugins: which values are good, and which one holds. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
