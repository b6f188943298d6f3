// SPDX-License-Identifier: Apache-2.0
/** Authentication and authorization that a plugin contributes. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
