// SPDX-License-Identifier: Apache-2.0
/** Version ranges in npm's grammar. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.semver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
