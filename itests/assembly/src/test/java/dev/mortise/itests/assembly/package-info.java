// SPDX-License-Identifier: Apache-2.0
/** Compares the parts of the assembled distribution with each other. */
@NullMarked
package dev.mortise.itests.assembly;

import org.jspecify.annotations.NullMarked;
