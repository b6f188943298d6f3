// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** One HTTP answer of the product. */
public record Answer(int status, HttpHeaders headers, String body) {
    /** Answers the body as JSON. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** Answers the code of a problem, or an empty text. */
    public String code() {
        return body.startsWith("{") ? json().path("code").asText() : "";
    }
}
