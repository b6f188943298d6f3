// SPDX-License-Identifier: Apache-2.0
/** Traces, which are loaded only where they are switched on. */
@NullMarked
package dev.mortise.telemetry.trace;

import org.jspecify.annotations.NullMarked;
