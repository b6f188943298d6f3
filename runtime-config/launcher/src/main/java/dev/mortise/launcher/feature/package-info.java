// SPDX-License-Identifier: Apache-2.0
/** Feature files merged into an edition. */
@NullMarked
package dev.mortise.launcher.feature;

import org.jspecify.annotations.NullMarked;
