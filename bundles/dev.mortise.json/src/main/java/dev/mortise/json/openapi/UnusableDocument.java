// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

/** Ends the reading of a document, wherever it has come to; the message is the reason, as a sentence. */
final class UnusableDocument extends Exception {
    private static final long serialVersionUID = 1;

    UnusableDocument(String reason) {
        super(reason);
    }

    /** Answers the reason. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
