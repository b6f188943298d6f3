// SPDX-License-Identifier: Apache-2.0
/** The context of a call, and how it is bound to threads. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
