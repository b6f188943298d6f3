// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One token of a script, from one place to before another; strings have no text, for nothing in them is a name. */
record SqlToken(Kind kind, String text, int line, int start, int end) {
    enum Kind {
        WORD,
        QUOTED,
        STRING,
        SYMBOL
    }

    /** Tells whether this is the keyword, or the symbol. */
    boolean is(String expected) {
        return kind == Kind.WORD ? text.equalsIgnoreCase(expected) : kind == Kind.SYMBOL && text.equals(expected);
    }

    boolean identifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Answers the name as the server keeps it. */
    String name() {
        return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text;
    }

    int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
