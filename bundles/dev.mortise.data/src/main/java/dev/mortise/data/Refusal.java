// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

/** The database can't be used, and trying again would not help: a person must act. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
