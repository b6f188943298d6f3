// SPDX-License-Identifier: Apache-2.0
/** Where the lines of slf4j go. */
@NullMarked
package dev.mortise.launcher.log;

import org.jspecify.annotations.NullMarked;
