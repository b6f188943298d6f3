// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.http.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a list a client wants.
 *
 * @param skip how many to leave out at the start
 * @param take how many to answer at most
 * @param search a part of the name or sku, in any case; empty for all
 */
record PageQuery(int skip, int take, String search) {
    private static final int DEFAULT_TAKE = 50;
    private static final int MOST = 1_000;

    /** Reads {@code ?skip&take&search}; refuses with every violation at once. */
    static PageQuery of(Request request) {
        List<String> violations = new ArrayList<>();
        int skip = number(request, "skip", 0, Integer.MAX_VALUE, violations);
        int take = number(request, "take", DEFAULT_TAKE, MOST, violations);
        String search = request.query("search").orElse("").strip();
        Texts.checkPrintable("search", search, violations);
        Texts.refuse(violations);
        return new PageQuery(skip, take, search);
    }

    private static int number(Request request, String name, int absent, int most, List<String> violations) {
        String text = request.query(name).orElseGet(() -> Integer.toString(absent));
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        violations.add(name + " is a whole number from 0 to " + most + ", not '" + text + "'");
        return absent;
    }
}
