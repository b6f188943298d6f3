// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.IOException;

/** A bound of this process is reached, so that a call gets no connection; its peer has nothing to do with it. */
final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the bound, as what follows "Nothing was sent: ". */
    Busy(String reason) {
        super(reason);
    }
}
