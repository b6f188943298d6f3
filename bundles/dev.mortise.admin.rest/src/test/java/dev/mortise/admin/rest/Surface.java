// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;

/** Calls the routes of one provider, and compares what they answer as JSON. */
record Surface(RouteProvider provider) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Response call(String method, String path, RequestBuilder request) throws Exception {
        List<Route> found = provider.routes().stream()
                .filter(route -> route.method().equals(method) && route.path().equals(path))
                .toList();
        assertThat(found).as("%s %s", method, path).hasSize(1);
        return request.to(found.get(0).handler());
    }

    void answers(String method, String path, RequestBuilder request, int status, String json) throws Exception {
        Response response = call(method, path, request);
        assertThat(response.status()).isEqualTo(status);
        assertThat(tree(response)).isEqualTo(JSON.readTree(json));
    }

    MortiseException refuses(String method, String path, RequestBuilder request, ErrorCode code) {
        MortiseException refusal = catchThrowableOfType(MortiseException.class, () -> call(method, path, request));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    /** The gateway writes them into the problem document; see JsonText there. */
    static void members(MortiseException refusal, String json) throws Exception {
        assertThat(JSON.readTree(JSON.writeValueAsString(refusal.members()))).isEqualTo(JSON.readTree(json));
    }

    static JsonNode tree(Response response) throws Exception {
        assertThat(response.headers().first("Content-Type")).contains("application/json");
        return JSON.readTree(response.body().text());
    }
}
