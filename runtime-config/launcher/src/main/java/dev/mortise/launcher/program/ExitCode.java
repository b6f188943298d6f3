// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.program;

import java.util.Arrays;

/** What the process tells its caller when it ends. */
public enum ExitCode {
    DONE(0),
    FAULT(1),
    USAGE(2),
    CONFIGURATION(3),
    IN_USE(4),
    DATABASE(5),
    PROBLEMS(6),
    SECOND_SIGNAL(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** Return the code of a number, or a fault when nobody knows the number. */
    public static ExitCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(FAULT);
    }

    /** Return the number that the operating system sees. */
    public int number() {
        return number;
    }
}
