// SPDX-License-Identifier: Apache-2.0
/** Jetty without anything around it: what calls through the gateway are measured beside. */
@NullMarked
package dev.mortise.itests.bench.bare;

import org.jspecify.annotations.NullMarked;
