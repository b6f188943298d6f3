// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

/** Unwinds a thread of a plugin that came back after its deadline: nobody waits for it any more. */
final class Overrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overrun(String what) {
        super(what + " came back after its deadline");
    }
}
