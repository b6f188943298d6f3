// SPDX-License-Identifier: Apache-2.0
/** Plugins that tests and measurements make by the thousand. */
@NullMarked
package dev.mortise.itests.harness.plugins;

import org.jspecify.annotations.NullMarked;
