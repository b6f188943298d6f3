// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

/** The server can't be started, and trying again would not help: a person must act. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
