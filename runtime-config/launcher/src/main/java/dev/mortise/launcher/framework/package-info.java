// SPDX-License-Identifier: Apache-2.0
/** The OSGi framework: bundles, start levels, configurations, shell. */
@NullMarked
package dev.mortise.launcher.framework;

import org.jspecify.annotations.NullMarked;
