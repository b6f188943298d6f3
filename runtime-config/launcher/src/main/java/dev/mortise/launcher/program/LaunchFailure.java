// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.program;

/** Ends the launcher with a sentence for the user and an exit code. */
public final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String sentence;

    public LaunchFailure(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    public LaunchFailure(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    /** Return what the user reads. */
    public String sentence() {
        return sentence;
    }

    /** Return the code to end with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
