// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a request, in their order, as {@code application/x-www-form-urlencoded}. */
public final class Form {
    private final List<String> parameters = new ArrayList<>();

    /** Makes one without parameters. */
    public Form() {}

    /** Adds a parameter. */
    public Form with(String name, String value) {
        parameters.add(encode(name) + "=" + encode(value));
        return this;
    }

    /** Answers the text. */
    public String text() {
        return String.join("&", parameters);
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "form of " + parameters.size();
    }
}
