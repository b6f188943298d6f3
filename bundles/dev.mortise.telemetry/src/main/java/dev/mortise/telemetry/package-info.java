// SPDX-License-Identifier: Apache-2.0
/** Carries the OSGi log to slf4j. */
@org.jspecify.annotations.NullMarked
package dev.mortise.telemetry;
