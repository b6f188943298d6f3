// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

/**
 * What came of a stretch of load, or of several.
 *
 * @param serverSeconds processor time of the server's process
 * @param clientSeconds that of the client's thread
 */
record Stretch(long answers, double seconds, double serverSeconds, double clientSeconds, Micros micros) {
    static Stretch none() {
        return new Stretch(0, 0, 0, 0, Micros.none());
    }

    Stretch plus(Stretch other) {
        return new Stretch(
                answers + other.answers,
                seconds + other.seconds,
                serverSeconds + other.serverSeconds,
                clientSeconds + other.clientSeconds,
                micros.plus(other.micros));
    }

    double perSecond() {
        return answers / seconds;
    }

    double serverMicros() {
        return 1e6 * serverSeconds / answers;
    }

    double clientMicros() {
        return 1e6 * clientSeconds / answers;
    }
}
