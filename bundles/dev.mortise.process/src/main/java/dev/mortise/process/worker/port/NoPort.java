// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

/** No port is free. */
public final class NoPort extends Exception {
    private static final long serialVersionUID = 1L;

    NoPort(String message) {
        super(message);
    }
}
