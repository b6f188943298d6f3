// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.IOException;

/** Programs of the machine that single tests need. */
final class Programs {
    private Programs() {}

    /** Tells whether a program is on the path and runs. */
    static boolean present(String name) throws InterruptedException {
        try {
            return new ProcessBuilder(name, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
