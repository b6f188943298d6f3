// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.util.Map;

/** Takes from a map what must be in it. */
final class Known {
    private Known() {}

    static <K, V> V get(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("Nothing is known of '" + key + "' among " + map.keySet() + ".");
        }
        return value;
    }
}
