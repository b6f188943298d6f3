// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

/** The port can't be listened on; the message says why and what to do. */
final class PortRefused extends Exception {
    private static final long serialVersionUID = 1L;

    PortRefused(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
