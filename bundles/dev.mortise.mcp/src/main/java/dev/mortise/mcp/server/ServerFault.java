// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

/** A server did not do what it was asked; the message is a sentence for whoever asked. */
final class ServerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerFault(String message) {
        super(message, null, false, false);
    }

    ServerFault(String message, Throwable cause) {
        super(message, cause);
    }
}
