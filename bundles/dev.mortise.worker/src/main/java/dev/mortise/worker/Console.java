// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

/** Standard output and error, for the few lines that are the program's and not its log's. */
final class Console {
    private Console() {}

    /** Prints what was asked for. */
    static void say(String text) {
        System.out.println(text);
    }

    /** Prints why the program ends. */
    static void tell(String text) {
        System.err.println(text);
    }
}
