// SPDX-License-Identifier: Apache-2.0
/** Runs what the README tells its reader to type. */
@NullMarked
package dev.mortise.itests.readme;

import org.jspecify.annotations.NullMarked;
