// SPDX-License-Identifier: Apache-2.0
/** The code of the plugins whose calls are measured, and of the measurement that runs inside the container. */
@NullMarked
package dev.mortise.itests.bench.plugins;

import org.jspecify.annotations.NullMarked;
