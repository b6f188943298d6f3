// SPDX-License-Identifier: Apache-2.0
/** What a plugin's code is called with, for its unit tests: requests, contexts, services of other plugins. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.testkit.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
