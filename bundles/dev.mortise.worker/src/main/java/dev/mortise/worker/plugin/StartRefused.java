// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

/** The plugin can't run here; the message says why, to whoever reads the last line of the process. */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses with a sentence. */
    public StartRefused(String sentence) {
        super(sentence);
    }

    /** Answers the sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Refuses because of a fault. */
    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
