// SPDX-License-Identifier: Apache-2.0
/** Pure decisions: semver, dependency graph, planner, state tables, names, route matching. */
@org.jspecify.annotations.NullMarked
package dev.mortise.rules;
