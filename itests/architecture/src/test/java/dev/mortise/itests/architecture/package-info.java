// SPDX-License-Identifier: Apache-2.0
/** Holds the house: layers, imports, manifests and the rules of style that a machine can judge. */
@NullMarked
package dev.mortise.itests.architecture;

import org.jspecify.annotations.NullMarked;
