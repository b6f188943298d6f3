// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

/** Hears when a client is waited for to take a piece of an answer. One piece at a time. */
interface Taking {
    /** Nobody else need look: whoever owns the connection sees it from below. */
    Taking SEEN_BELOW = new Taking() {
        @Override
        public void waits() {}

        @Override
        public void waitsNoMore() {}
    };

    /** A piece is handed over. */
    void waits();

    /** It is gone. */
    void waitsNoMore();
}
