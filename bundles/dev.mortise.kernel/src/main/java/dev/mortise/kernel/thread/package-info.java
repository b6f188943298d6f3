// SPDX-License-Identifier: Apache-2.0
/** Threads as several bundles use them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.thread;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
