// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import java.io.IOException;

/** Who answers what comes over connections. */
public interface Calls {
    /**
     * Answers one request, or has it answered by somebody else in whose place this thread only ends what it does.
     *
     * @throws IOException when the answer breaks off; the connection is closed then, so that nobody takes it for a whole one
     */
    void answer(Exchange exchange) throws IOException;

    /** Answers what somebody is told whose request did not become one. */
    Response refusal(ErrorCode code, String detail);
}
