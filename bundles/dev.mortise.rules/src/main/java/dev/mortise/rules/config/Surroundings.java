// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What lies around the values that tenants give.
 *
 * @param variable finds the text of an environment variable, if the operator allows this plugin to have it
 * @param json reads a JSON text; nothing when it is none
 */
public record Surroundings(Function<String, Optional<String>> variable, Function<String, Optional<Object>> json) {}
