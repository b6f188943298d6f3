// SPDX-License-Identifier: Apache-2.0
/** The command line and the only main(). */
@NullMarked
package dev.mortise.launcher;

import org.jspecify.annotations.NullMarked;
