// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Map;

/**
 * What a plugin says of its own HTTP API, fit to stand beside what others say: OpenAPI 3.1, every reference leads to a
 * component that is there, and the names of components and operations begin with the plugin's id and a dot.
 *
 * @param description what it says of the whole; empty when it says nothing
 * @param paths operations by path, which is relative to the plugin's mount, as JSON: maps, lists, texts, numbers, booleans
 * @param components what the paths refer to, by kind and name
 */
public record ApiDocument(
        String description, Map<String, Map<String, Object>> paths, Map<String, Map<String, Object>> components) {}
