// SPDX-License-Identifier: Apache-2.0
/** JSON mapping with a mapper that belongs to one plugin. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
