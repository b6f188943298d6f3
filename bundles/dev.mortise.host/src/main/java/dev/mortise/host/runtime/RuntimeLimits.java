// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;

/**
 * How long code of plugins may take.
 *
 * @param step each thing that a start or an end runs: activator, activation of a component, a hook, routes()
 * @param farewell the hook stop()
 * @param settle how long components may be unsatisfied while nothing of the plugin moves
 * @param health how often health is asked
 * @param answer until when health checks of a plugin must have answered
 */
public record RuntimeLimits(Duration step, Duration farewell, Duration settle, Duration health, Duration answer) {}
