// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

/** A process did not become ready; the message is a sentence that tells why. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailed(String sentence) {
        super(sentence);
    }
}
