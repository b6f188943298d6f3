// SPDX-License-Identifier: Apache-2.0
/** Tables of a plugin: ordered migrations. */
@Export
@Version("1.1.0")
@NullMarked
package dev.mortise.api.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
