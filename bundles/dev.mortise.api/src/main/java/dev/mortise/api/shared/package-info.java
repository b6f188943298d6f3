// SPDX-License-Identifier: Apache-2.0
/** Small JSON values that the plugins of a tenant share: owned by who writes first, read by all. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.shared;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
