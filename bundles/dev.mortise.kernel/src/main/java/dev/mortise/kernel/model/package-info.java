// SPDX-License-Identifier: Apache-2.0
/** What Mortise speaks of: ids, versions, manifests, states, problems and plans, as values. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.kernel.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
