// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.io.IOException;

/** There is no user that a process could run as. */
public final class NoUser extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says why, and what to do. */
    public NoUser(String message) {
        super(message);
    }
}
