// SPDX-License-Identifier: Apache-2.0
/** The desired set of plugins judged as a whole: who starts, who waits, who is refused, and why. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.plan;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
