// SPDX-License-Identifier: Apache-2.0
/** Ports of the kernel kept in memory. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.testkit.port;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
