// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

/**
 * Turns the path of a request as sent into the one canonical form that is authorized, matched and forwarded. Whatever
 * two programs could read in two ways is refused: encoded slashes, backslashes and dots, parameters of segments, double
 * encoding, empty and dot segments, text that is no UTF-8, control characters.
 */
public final class CanonicalPath {
    private static final String OTHER_PATH_CHARACTERS = "-._~!$&'()*+,=:@/";
    private static final boolean[] ALLOWED = allowed();

    private CanonicalPath() {}

    /** What reading a path came to. */
    public sealed interface Reading {
        /** The decoded path: starts with a slash, ends without one (but for "/" itself), has no empty segment. */
        record Canonical(String path) implements Reading {}

        /** The path is refused as BAD_PATH; the reason is a sentence for the caller. */
        record Bad(String reason) implements Reading {}
    }

    /** Reads a raw path, without query. */
    public static Reading read(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return new Reading.Bad("A path starts with '/'.");
        }
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                encoded = true;
            } else if (!allowed(c)) {
                return new Reading.Bad(complaintAboutRaw(c));
            }
        }
        if (!encoded) {
            return withGoodSegments(raw);
        }
        return PercentDecoder.decode(raw, false) instanceof PercentDecoder.Decoded decoded
                ? decodedPath(raw, decoded.text())
                : new Reading.Bad("The path holds a '%' that is not followed by an encoded UTF-8 character.");
    }

    private static Reading decodedPath(String raw, String path) {
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 3)) {
            int octet = PercentDecoder.octet(raw, i);
            if (octet < 0x80 && "/\\.;?#".indexOf(octet) >= 0) {
                return new Reading.Bad("The path holds an encoded '" + (char) octet + "', which is ambiguous.");
            }
        }
        for (int i = 0; i < path.length(); i++) {
            if (unprintable(path.charAt(i))) {
                return new Reading.Bad("The path holds an encoded control character.");
            }
            if (path.charAt(i) == '%' && PercentDecoder.octet(path, i) >= 0) {
                return new Reading.Bad("The path is percent-encoded twice.");
            }
        }
        return withGoodSegments(path);
    }

    private static Reading withGoodSegments(String path) {
        if (path.length() == 1) {
            return new Reading.Canonical(path);
        }
        int start = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (i == start) {
                    return new Reading.Bad("The path has an empty segment: a doubled slash, or one at its end.");
                }
                if (dots(path, start, i)) {
                    return new Reading.Bad("The path has a segment '.' or '..'.");
                }
                start = i + 1;
            }
        }
        return new Reading.Canonical(path);
    }

    private static boolean dots(String path, int start, int end) {
        return path.charAt(start) == '.' && (end == start + 1 || (end == start + 2 && path.charAt(start + 1) == '.'));
    }

    private static boolean allowed(char c) {
        return c < ALLOWED.length && ALLOWED[c];
    }

    private static boolean[] allowed() {
        boolean[] allowed = new boolean[0x80];
        for (char c = 0; c < allowed.length; c++) {
            allowed[c] = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || OTHER_PATH_CHARACTERS.indexOf(c) >= 0;
        }
        return allowed;
    }

    private static boolean unprintable(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String complaintAboutRaw(char c) {
        if (c == ';') {
            return "The path holds ';': parameters of segments are not taken.";
        }
        return c > ' ' && c < 0x7f
                ? "The path holds '" + c + "', which no path may hold as it is."
                : "The path holds a character that must be percent-encoded as UTF-8.";
    }
}
