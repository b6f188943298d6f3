// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.gateway.guard.CacheKey;
import dev.mortise.rules.route.QueryString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it; what few handlers ask for is worked out when it is asked for. */
final class HandlerRequest implements Request {
    private final Asked asked;
    private final Map<String, String> pathParameters;
    private final int queryLimit;
    private final CallContext context;
    private @Nullable Map<String, List<String>> query;
    private @Nullable FarBody coming;
    private @Nullable CacheKey keptUnder;

    /**
     * What was asked.
     *
     * @param wholePath canonical, as it was asked
     * @param from where the part of it begins that is relative to the mount
     */
    record Asked(String method, String wholePath, int from, Optional<String> rawQuery, Headers headers, Body body) {
        /** Answers the path relative to the mount. */
        String path() {
            return from == wholePath.length() ? "/" : wholePath.substring(from);
        }
    }

    HandlerRequest(Asked asked, Map<String, String> pathParameters, int queryLimit, CallContext context) {
        this.asked = asked;
        this.pathParameters = pathParameters;
        this.queryLimit = queryLimit;
        this.context = context;
    }

    @Override
    public String method() {
        return asked.method;
    }

    @Override
    public String path() {
        return asked.path();
    }

    @Override
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    @Override
    public Map<String, List<String>> query() {
        Map<String, List<String>> known = query;
        if (known == null) {
            known = asked.rawQuery.isEmpty() ? Map.of() : read(asked.rawQuery.get());
            query = known;
        }
        return known;
    }

    /** Answers the query as it was sent. */
    Optional<String> rawQuery() {
        return asked.rawQuery;
    }

    /** Says under what its answer may be kept. */
    void keptUnder(CacheKey key) {
        keptUnder = key;
    }

    /** Answers under what its answer may be kept; null where it may not. */
    @Nullable
    CacheKey keptUnder() {
        return keptUnder;
    }

    /** Says that its answer still comes. */
    void coming(FarBody answer) {
        coming = answer;
    }

    /** Answers the content of its answer that still came when its handler had answered; null where none did. */
    @Nullable
    FarBody coming() {
        return coming;
    }

    @Override
    public Headers headers() {
        return asked.headers;
    }

    @Override
    public Body body() {
        return asked.body;
    }

    @Override
    public CallContext context() {
        return context;
    }

    private Map<String, List<String>> read(String raw) {
        QueryString.Reading reading = QueryString.read(raw, queryLimit);
        if (reading instanceof QueryString.Reading.Parameters parameters) {
            return parameters.values();
        }
        throw new MortiseException(ErrorCode.VALIDATION_FAILED, ((QueryString.Reading.Bad) reading).reason());
    }
}
