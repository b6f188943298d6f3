// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/** Contributes one line to the health of the container: database, listener and so on. Any bundle may register several. */
public interface HealthSource {
    /** Answers the state now; must not block longer than a second. */
    Line check();

    /** One line. */
    record Line(String name, Status status, String message) {}

    /** How it stands. */
    enum Status {
        UP,
        DEGRADED,
        DOWN
    }
}
