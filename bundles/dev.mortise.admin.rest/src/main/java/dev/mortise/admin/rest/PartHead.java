// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The fields before the content of a part of a form, names in any case. */
record PartHead(Map<String, String> fields) {
    private static final int LARGEST_BYTES = 8192; // a name and a type need a hundred

    /** Reads up to the empty line. */
    static PartHead read(InputStream part) throws IOException {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int left = LARGEST_BYTES;
        for (String line = line(part, left); !line.isEmpty(); line = line(part, left)) {
            left -= line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || fields.put(line.substring(0, colon).strip(), line.substring(colon + 1)) != null) {
                throw Refusals.invalid("A field of the form has a header line without a name of its own.");
            }
        }
        return new PartHead(fields);
    }

    /** Answers what a field says; nothing when it is not there. */
    FieldValue field(String name) {
        return FieldValue.parse(name, fields.getOrDefault(name, ""));
    }

    private static String line(InputStream part, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = part.read(); octet != '\r'; octet = part.read()) {
            if (octet < 0 || line.size() >= most) {
                throw unended();
            }
            line.write(octet);
        }
        if (part.read() != '\n') {
            throw unended();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static RuntimeException unended() {
        return Refusals.invalid("A field of the form has no end of its header within " + LARGEST_BYTES
                + " bytes. Lines end with CR LF, the header with an empty one.");
    }
}
