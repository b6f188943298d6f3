// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.List;
import java.util.Map;

/**
 * Writes the gateway's own documents, problems and health, as JSON (RFC 8259): maps, lists, text, numbers and truth
 * values. So no error depends on a mapper, and the first answer after a start does not wait for one to warm up.
 */
final class JsonText {
    private static final int ASCII = 0x80;
    private static final int DELETE = 0x7f;

    /** What needs no escape. Beyond it line separators end a line for some readers of logs; a lone surrogate has no UTF-8. */
    private static final boolean[] PLAIN = plain();

    // As much as a line of the access log takes.
    private final StringBuilder out = new StringBuilder(512);

    private JsonText() {}

    /** Writes an object; keys come in the order of the map. */
    static String of(Map<String, ?> object) {
        JsonText text = new JsonText();
        text.object(object);
        return text.out.toString();
    }

    /** Begins an object that is written member by member. */
    static JsonText begun() {
        return new JsonText();
    }

    /**
     * Writes the next member; nobody looks whether its name was there before.
     *
     * @param name of letters
     */
    JsonText member(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    /** The same for a number. */
    JsonText member(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Begins a member that is an object itself. */
    JsonText begin(String name) {
        name(name);
        out.append('{');
        return this;
    }

    /** Ends the object that was begun last. */
    JsonText end() {
        out.append('}');
        return this;
    }

    /** Ends the object that has at least one member, and answers it. */
    String ended() {
        return end().out.toString();
    }

    private void name(String name) {
        if (out.length() == 0) {
            out.append('{');
        } else if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        out.append('"').append(name).append("\":");
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(entry.getKey().toString());
            out.append(':');
            value(entry.getValue());
            separator = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list) {
        char separator = '[';
        for (Object item : list) {
            out.append(separator);
            value(item);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void string(String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                out.append(text, written, i);
                escape(text.charAt(i));
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private static boolean plain(char c) {
        return c < ASCII ? PLAIN[c] : !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029';
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[ASCII];
        for (char c = ' '; c < DELETE; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }

    private void escape(char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else {
            out.append("\\u").append(Character.forDigit(c >> 12, 16));
            out.append(Character.forDigit(c >> 8 & 15, 16));
            out.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
        }
    }
}
