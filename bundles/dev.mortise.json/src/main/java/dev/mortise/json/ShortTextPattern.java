// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A pattern of the schema. Longer texts are not matched at all: every text with a pattern has a maxLength below that,
 * which reports them, and Java's expressions need stack by the length of the text.
 */
record ShortTextPattern(Pattern pattern) implements RegularExpression {
    private static final int LONGEST = 512;

    static RegularExpression of(String text) {
        return new ShortTextPattern(Pattern.compile(ecma(text)));
    }

    /** $ is the end here (ECMA 262); in Java it stands before a last line break too. */
    static String ecma(String text) {
        return text.replaceAll("(?<!\\\\)\\$$", "\\\\z");
    }

    @Override
    public boolean matches(String value) {
        return value.length() > LONGEST || pattern.matcher(value).find();
    }
}
