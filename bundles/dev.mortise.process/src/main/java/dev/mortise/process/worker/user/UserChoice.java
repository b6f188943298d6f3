// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

/** As whom processes are to run, by the operator's word. */
public sealed interface UserChoice {
    /** As the container's user. */
    record Own() implements UserChoice {}

    /** As numbers where the container's user is root and can give them, with a warning where it can't. */
    record Auto() implements UserChoice {
        /** Numbers that Linux distributions and systemd leave to nobody, and that namespaces of users have as well. */
        public static final UserRange RANGE = new UserRange(60_600, 61_099);
    }

    /** As numbers, or not at all. */
    record Numbers(UserRange range) implements UserChoice {}

    /** Reads {@code auto}, {@code none} or a range. */
    static UserChoice parse(String key, String text) {
        return switch (text.strip()) {
            case "auto" -> new Auto();
            case "none" -> new Own();
            default -> new Numbers(UserRange.parse(key, text.strip()));
        };
    }
}
