// SPDX-License-Identifier: Apache-2.0
/** Calls from plugin to plugin by service name. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.service;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
