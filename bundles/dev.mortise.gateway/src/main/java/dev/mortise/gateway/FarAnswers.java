// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteFault;

/**
 * The answers of one place elsewhere that still come when they are handed on.
 *
 * @param title how the place is called in a sentence, without where it is
 * @param watched whether somebody else watches over it
 */
record FarAnswers(String plugin, String title, boolean watched, RepeatedWarnings warnings) {
    /** Answers the content of an answer, whose end the request tells of. */
    FarBody coming(Response answer, HandlerRequest request) {
        String requestId = request.context().requestId();
        FarBody body = new FarBody(answer.body(), fault -> broken(fault, requestId), watched);
        request.coming(body);
        return body;
    }

    private BrokenAnswer broken(RemoteFault fault, String requestId) {
        warnings.warn(
                plugin,
                "did not come to the end of their answers",
                "request %s: %s".formatted(requestId, fault.getMessage()));
        return BrokenAnswer.of(fault.kind(), plugin, title);
    }
}
