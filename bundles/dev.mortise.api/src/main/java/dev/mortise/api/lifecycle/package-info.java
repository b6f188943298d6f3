// SPDX-License-Identifier: Apache-2.0
/** Hooks of a plugin's life. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.lifecycle;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
