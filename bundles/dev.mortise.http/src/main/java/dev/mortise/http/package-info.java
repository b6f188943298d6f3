// SPDX-License-Identifier: Apache-2.0
/** Turns HTTP exchanges into gateway calls with Jetty. */
@org.jspecify.annotations.NullMarked
package dev.mortise.http;
