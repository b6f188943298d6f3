// SPDX-License-Identifier: Apache-2.0
/** Copies of a home in one file: how they are written, checked and put back. */
@NullMarked
package dev.mortise.launcher.backup;

import org.jspecify.annotations.NullMarked;
