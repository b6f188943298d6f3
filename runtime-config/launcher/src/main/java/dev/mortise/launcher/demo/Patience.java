// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import java.io.IOException;
import java.time.Duration;

/** Asks again and again, but not for ever. */
record Patience(Duration deadline) {
    private static final long PAUSE_MILLIS = 100;

    /** Something to ask for; blank while there is no answer. */
    @FunctionalInterface
    interface Question {
        String ask() throws IOException, InterruptedException;
    }

    /** Return the first answer that is not blank, or fail saying what was waited for. */
    String until(String expectation, Question question) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        do {
            String answer = ask(question);
            if (!answer.isBlank()) {
                return answer;
            }
            Thread.sleep(PAUSE_MILLIS);
        } while (System.nanoTime() < end);
        throw new DemoFailure("Waited " + deadline.toSeconds() + " s in vain until " + expectation + ".");
    }

    private static String ask(Question question) throws InterruptedException {
        try {
            return question.ask();
        } catch (IOException notYet) {
            return "";
        }
    }
}
