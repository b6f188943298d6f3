// SPDX-License-Identifier: Apache-2.0
/** HTTP routes of a plugin: requests, responses, bodies and the handlers between them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
