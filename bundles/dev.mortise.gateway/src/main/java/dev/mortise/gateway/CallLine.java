// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.Identity;
import java.util.Optional;

/** One call as a line of JSON. It has no place for a credential, a query or a field of the request. */
final class CallLine {
    private static final int LONGEST_PATH = 500;

    private final JsonText text = JsonText.begun();

    CallLine(String time) {
        with("time", time);
    }

    CallLine with(String name, String value) {
        text.member(name, value);
        return this;
    }

    CallLine with(String name, long value) {
        text.member(name, value);
        return this;
    }

    CallLine with(String name, Optional<?> value) {
        return value.isPresent() ? with(name, value.get().toString()) : this;
    }

    /** Adds what was asked, as it was asked; callers make it, so it is cut. */
    CallLine asked(String method, String path) {
        return with("method", method).with("path", cut(path));
    }

    CallLine caller(Identity identity) {
        text.begin("caller")
                .member("kind", identity.kind().name())
                .member("id", identity.id())
                .end();
        return this;
    }

    String text() {
        return text.ended();
    }

    private static String cut(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }
}
