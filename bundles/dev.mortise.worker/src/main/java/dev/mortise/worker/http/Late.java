// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import java.io.IOException;

/** A handler that may prove to be late, as the caller hears of it. */
record Late(HandlerRun run, Problems problems, String requestId) implements Deadlines.Overdue {
    @Override
    public boolean claim() {
        return run.answer().claim();
    }

    /** Runs on another thread than the handler, which may hold on to its own. */
    @Override
    public void answer() {
        Refusal over = Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                run.title(problems.plugin()) + " was not answered within the time that its caller had left.");
        try {
            run.answer().giveInstead(problems.of(run.exchange(), over, requestId));
        } catch (IOException callerHasGone) {
            run.exchange().cut();
        }
    }

    @Override
    public void cut() {
        run.exchange().cut();
    }
}
