// SPDX-License-Identifier: Apache-2.0
/** Measures what calls cost, side by side with bare Jetty under the same load. */
@NullMarked
package dev.mortise.itests.bench.calls;

import org.jspecify.annotations.NullMarked;
