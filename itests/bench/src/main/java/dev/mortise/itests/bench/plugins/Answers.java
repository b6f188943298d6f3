// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

/** The work of the handler that every contestant has: a small document, made anew for each request. */
public final class Answers {
    /** The media type of the document. */
    public static final String TYPE = "application/json";

    private Answers() {}

    /** Answers the document. */
    public static String json(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"Claw hammer\",\"quantity\":12,\"price\":17.50}";
    }
}
