// SPDX-License-Identifier: Apache-2.0
/** What the program is given, its distribution and terminal, and what it answers, its exit code. */
@NullMarked
package dev.mortise.launcher.program;

import org.jspecify.annotations.NullMarked;
