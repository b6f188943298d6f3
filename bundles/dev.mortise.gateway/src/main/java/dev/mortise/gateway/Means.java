// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/** What every call works with, of a client or of a plugin. */
record Means(Gate gate, Deadlines deadlines, Recorder recorder, LiveSettings live) {
    /** Answers what the operator sets now. */
    Settings settings() {
        return live.get();
    }
}
