// SPDX-License-Identifier: Apache-2.0
/** Runs one plugin in a process of its own, far from the container or beside it. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.worker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
