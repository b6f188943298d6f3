// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

/** A server did not do what it was asked; the message is a sentence for whoever asked. */
final class ServerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean said;

    ServerFault(String message) {
        super(message, null, false, false);
        said = false;
    }

    ServerFault(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ServerFault(String message, Throwable cause, boolean said) {
        super(message, cause);
        this.said = said;
    }

    /** The server itself said that it does not do it; nothing is wrong with the connection. */
    static ServerFault said(String message, Throwable cause) {
        return new ServerFault(message, cause, true);
    }

    boolean said() {
        return said;
    }
}
