// SPDX-License-Identifier: Apache-2.0
/** Shared data as plugins use it, over any store. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.shared;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
