// SPDX-License-Identifier: Apache-2.0
/** What the domain bundles need of one another and of the world; each port is an OSGi service. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.port;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
