// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.worker.wire.Exchange;
import java.util.Objects;

/** One handler at work on one request. */
record HandlerRun(Exchange exchange, RequestView request, Handler handler, Answer answer) {
    HandlerRun(Exchange exchange, RequestView request, Handler handler) {
        this(exchange, request, handler, new Answer(exchange));
    }

    Response response() throws Exception {
        return Objects.requireNonNull(handler.handle(request), "the handler answered null");
    }

    /** Answers how it is called in a sentence. */
    String title(PluginId plugin) {
        return request.method() + " " + request.path() + " of plugin '" + plugin + "'";
    }
}
