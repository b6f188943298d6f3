// SPDX-License-Identifier: Apache-2.0
/** Meters, and the page that shows them. */
@NullMarked
package dev.mortise.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
