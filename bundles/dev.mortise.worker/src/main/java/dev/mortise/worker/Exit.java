// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

/** Why the process ends before its time: the number for whoever started it, the sentence for whoever reads its errors. */
final class Exit extends Exception {
    private static final long serialVersionUID = 1L;

    /** Something failed. */
    static final int FAULT = 1;
    /** The command line can't be carried out, or the core refuses the plugin. */
    static final int USAGE = 2;
    /** What was given to the process is not good. */
    static final int CONFIGURATION = 3;
    /** The port is taken. */
    static final int PORT = 4;

    private final int code;

    Exit(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    int code() {
        return code;
    }
}
