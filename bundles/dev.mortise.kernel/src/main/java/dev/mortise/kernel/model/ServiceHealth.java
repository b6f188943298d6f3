// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** Whether a service instance is routed: HEALTHY preferred, DEGRADED too, UNAVAILABLE not. */
public enum ServiceHealth {
    HEALTHY,
    DEGRADED,
    UNAVAILABLE
}
