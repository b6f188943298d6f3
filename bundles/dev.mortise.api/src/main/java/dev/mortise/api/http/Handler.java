// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/** Answers the requests of one route. Plugins implement it; it is called by many threads at once. */
@ConsumerType
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws dev.mortise.api.error.MortiseException to answer with the code's status and a problem
     * @throws Exception any other fault answers 500 INTERNAL with the request id, details only in the log; but one that comes of
     *     a database which is away, busy or full answers 503 SERVICE_UNAVAILABLE, also when it was wrapped
     */
    Response handle(Request request) throws Exception;
}
