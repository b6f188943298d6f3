// SPDX-License-Identifier: Apache-2.0
/** Plain Felix with fileinstall and a servlet whiteboard: what Mortise is measured beside. */
@NullMarked
package dev.mortise.itests.bench.felix;

import org.jspecify.annotations.NullMarked;
