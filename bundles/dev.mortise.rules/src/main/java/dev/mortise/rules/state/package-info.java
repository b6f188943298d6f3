// SPDX-License-Identifier: Apache-2.0
/** The legal steps between states. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
