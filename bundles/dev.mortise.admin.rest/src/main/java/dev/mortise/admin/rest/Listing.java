// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every list has the same shape: its length, and the entries under their plural. */
final class Listing {
    private Listing() {}

    static Map<String, Object> of(String plural, List<?> entries) {
        Map<String, Object> listing = new LinkedHashMap<>();
        listing.put("count", entries.size());
        listing.put(plural, entries);
        return listing;
    }
}
