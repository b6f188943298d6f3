// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import com.sun.net.httpserver.HttpExchange;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginId;
import java.util.Objects;

/** One handler at work on one request. */
record HandlerRun(HttpExchange exchange, RequestView request, Handler handler, Answer answer) {
    HandlerRun(HttpExchange exchange, RequestView request, Handler handler) {
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
