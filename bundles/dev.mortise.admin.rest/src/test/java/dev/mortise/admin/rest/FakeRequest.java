// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.kernel.call.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request as the gateway would hand it over, of an administrator unless a test says otherwise. */
record FakeRequest(
        Map<String, String> pathParameters,
        Map<String, List<String>> query,
        Headers headers,
        Body body,
        CallContext context)
        implements Request {
    static final Identity ADMIN =
            new Identity(PrincipalKind.USER, "admin:1", Optional.empty(), true, Optional.empty(), Set.of("*"));

    static FakeRequest plain() {
        return new FakeRequest(Map.of(), Map.of(), Headers.none(), Body.empty(), call(ADMIN));
    }

    FakeRequest id(String id) {
        return new FakeRequest(Map.of("id", id), query, headers, body, context);
    }

    FakeRequest query(String name, String... values) {
        return new FakeRequest(pathParameters, Map.of(name, List.of(values)), headers, body, context);
    }

    FakeRequest queries(Map<String, List<String>> all) {
        return new FakeRequest(pathParameters, all, headers, body, context);
    }

    FakeRequest body(String type, Body content) {
        return new FakeRequest(pathParameters, query, Headers.of("content-type", type), content, context);
    }

    FakeRequest as(Identity identity) {
        return new FakeRequest(pathParameters, query, headers, body, call(identity));
    }

    static Identity plugin(String tenant) {
        return new Identity(
                PrincipalKind.SERVICE,
                "plugin:2",
                Optional.of(new TenantId(tenant)),
                false,
                Optional.of("reports"),
                Set.of());
    }

    private static Call call(Identity identity) {
        return new Call(identity.tenant(), identity, Optional.empty(), "r-1", Optional.empty(), Long.MAX_VALUE, 0);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }
}
