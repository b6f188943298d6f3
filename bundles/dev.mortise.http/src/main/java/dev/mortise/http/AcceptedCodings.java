// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.List;
import java.util.Locale;

/**
 * What a client says of codings in Accept-Encoding (RFC 9110, section 12.5.3): how much it likes gzip, and no coding at
 * all, from 0 to 1.
 */
record AcceptedCodings(double gzip, double identity) {
    private static final double UNNAMED = -1;

    static AcceptedCodings of(List<String> fields) {
        double gzip = UNNAMED;
        double identity = UNNAMED;
        double others = UNNAMED;
        for (String field : fields) {
            for (String one : field.split(",", -1)) {
                String[] parts = one.split(";", -1);
                switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> gzip = quality(parts);
                    case "identity" -> identity = quality(parts);
                    case "*" -> others = quality(parts);
                    default -> {}
                }
            }
        }
        // Whoever does not name it takes no coding at all, but asks for it no more than for any other.
        return new AcceptedCodings(named(gzip, Math.max(0, others)), named(identity, 0));
    }

    private static double named(double quality, double otherwise) {
        return quality == UNNAMED ? otherwise : quality;
    }

    /** A quality that can't be read asks for nothing. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String value = parameter.substring(2).strip();
                return value.matches("[01](\\.\\d{0,3})?") ? Math.min(1, Double.parseDouble(value)) : 0;
            }
        }
        return 1;
    }
}
