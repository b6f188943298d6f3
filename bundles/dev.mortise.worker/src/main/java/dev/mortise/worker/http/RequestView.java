// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.rules.route.QueryString;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as its handler sees it. */
record RequestView(
        String method,
        String path,
        Map<String, String> pathParameters,
        Optional<String> rawQuery,
        Headers headers,
        Body body,
        CallContext context)
        implements Request {
    /** As many as the gateway lets through by default, and more than it lets through where it is told to. */
    private static final int MOST_PARAMETERS = 10_000;

    @Override
    public Map<String, List<String>> query() {
        QueryString.Reading reading = QueryString.read(rawQuery.orElse(""), MOST_PARAMETERS);
        if (reading instanceof QueryString.Reading.Parameters parameters) {
            return parameters.values();
        }
        throw new MortiseException(ErrorCode.VALIDATION_FAILED, ((QueryString.Reading.Bad) reading).reason());
    }
}
