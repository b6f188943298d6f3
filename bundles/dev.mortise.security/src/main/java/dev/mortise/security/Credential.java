// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.AuthRequest;
import java.util.List;
import java.util.regex.Pattern;

/** What the Authorization field of a request holds. Anything ambiguous is malformed: it is refused and not guessed at. */
sealed interface Credential {
    /** There is no such field. */
    record None() implements Credential {}

    /** One well-formed bearer token (RFC 6750, section 2.1). */
    record Bearer(String token) implements Credential {
        @Override
        public String toString() {
            return "Bearer ***";
        }
    }

    /** One credential of another scheme; authenticators of plugins may know it. */
    record Other() implements Credential {}

    /** The field says nothing clear. */
    record Malformed(String why) implements Credential {}

    /** The scheme is a token of RFC 9110, then one space and visible characters; tabs and line ends are no separators. */
    Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+( [\\x21-\\x7e][\\x20-\\x7e]*)?");

    /** Reads the field; the scheme counts in any case (RFC 9110, section 11.1). */
    static Credential of(AuthRequest request) {
        List<String> values = request.headers().all("Authorization");
        if (values.isEmpty()) {
            return new None();
        }
        if (values.size() > 1) {
            return new Malformed("The request has " + values.size() + " Authorization fields. Send one.");
        }
        return request.bearerToken().<Credential>map(Bearer::new).orElseGet(() -> other(values.get(0)));
    }

    private static Credential other(String value) {
        boolean bearer = value.regionMatches(true, 0, "Bearer", 0, "Bearer".length());
        if (bearer || !FIELD.matcher(value).matches()) {
            return new Malformed("The Authorization field is malformed. Send 'Authorization: Bearer <token>'.");
        }
        return new Other();
    }
}
