// SPDX-License-Identifier: Apache-2.0
/** Settings per concern: defaults, files of the home, environment. */
@NullMarked
package dev.mortise.launcher.config;

import org.jspecify.annotations.NullMarked;
