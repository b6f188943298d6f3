// SPDX-License-Identifier: Apache-2.0
/** Measures the assembled product and prints medians of five runs. */
@NullMarked
package dev.mortise.itests.bench;

import org.jspecify.annotations.NullMarked;
