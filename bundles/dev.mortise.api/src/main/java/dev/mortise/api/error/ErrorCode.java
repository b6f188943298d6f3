// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.error;

/** The stable codes of refusals and the HTTP status that each one answers with. */
public enum ErrorCode {
    BAD_REQUEST(400),
    VALIDATION_FAILED(400),
    BAD_PATH(400),
    TENANT_REQUIRED(400),
    UNAUTHENTICATED(401),
    CREDENTIALS_INVALID(401),
    CREDENTIALS_EXPIRED(401),
    PERMISSION_DENIED(403),
    DEPENDENCY_NOT_DECLARED(403),
    TENANT_MISMATCH(403),
    TENANT_SUSPENDED(403),
    PLUGIN_NOT_FOUND(404),
    ROUTE_NOT_FOUND(404),
    SERVICE_NOT_FOUND(404),
    ENDPOINT_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    CONFLICT(409),
    PRECONDITION_FAILED(412),
    PAYLOAD_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    RATE_LIMITED(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    NO_CONTEXT(500),
    SERVICE_FAILED(502),
    SERVICE_UNAVAILABLE(503),
    PLUGIN_NOT_READY(503),
    STARTING(503),
    DEADLINE_EXCEEDED(504),
    LOOP_DETECTED(508);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** Answers the HTTP status that belongs to this code. */
    public int status() {
        return status;
    }
}
