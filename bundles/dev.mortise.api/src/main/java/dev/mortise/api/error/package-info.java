// SPDX-License-Identifier: Apache-2.0
/** Refusals with a stable code, as callers see them (RFC 9457). */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
