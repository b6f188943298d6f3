// SPDX-License-Identifier: Apache-2.0
/** What an operator can ask and order; the surfaces offer these interfaces, the domain bundles implement them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
