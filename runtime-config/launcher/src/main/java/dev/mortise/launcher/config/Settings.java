// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The value of every setting after all overrides. */
public record Settings(Map<Setting, String> values) {

    public Settings {
        values = Map.copyOf(values);
    }

    /** Return the value of a setting; there is none where nothing is said of a plugin. */
    Optional<String> find(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Return the value of a legal key. */
    public String get(String concern, String key) {
        String value = of(concern).get(key);
        if (value == null) {
            throw new IllegalArgumentException("No setting '" + key + "' of '" + concern + "'");
        }
        return value;
    }

    /** Return the value of a legal key whose default is a whole number. */
    public int number(String concern, String key) {
        return Integer.parseInt(get(concern, key));
    }

    /** Return all keys and values of a concern. */
    public Map<String, String> of(String concern) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().concern().equals(concern))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().key(), Map.Entry::getValue, (first, second) -> first, TreeMap::new));
    }
}
