// SPDX-License-Identifier: Apache-2.0
/** What operators order, without anything behind it: answers for tests of surfaces. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.testkit.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
