// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.worker.wire.Exchange;
import java.io.IOException;

/** Writes problems, with the path by which clients of the container know what they asked for. */
record Problems(PluginId plugin, Json json) {
    Response of(Exchange exchange, Refusal refusal, String requestId) {
        return refusal.response(json, "/api/v1/p/" + plugin + exchange.path(), requestId);
    }

    /** Answers an exchange that no handler has seen. */
    void refuse(Exchange exchange, Refusal refusal, String requestId) throws IOException {
        new Answer(exchange).give(of(exchange, refusal, requestId));
    }
}
