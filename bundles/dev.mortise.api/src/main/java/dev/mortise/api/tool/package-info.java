// SPDX-License-Identifier: Apache-2.0
/** Tools for language models, which clients of the Model Context Protocol find and call. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.tool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
