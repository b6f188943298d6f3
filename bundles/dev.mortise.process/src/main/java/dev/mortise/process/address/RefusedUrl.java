// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

/** A URL that is refused for how it is written; the message goes on after the URL and "is refused: ". */
final class RefusedUrl extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedUrl(String reason) {
        super(reason);
    }
}
