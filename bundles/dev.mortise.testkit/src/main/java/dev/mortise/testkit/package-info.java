// SPDX-License-Identifier: Apache-2.0
/** Builders of plugins for tests: manifests, candidates of a plan, real jars. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
