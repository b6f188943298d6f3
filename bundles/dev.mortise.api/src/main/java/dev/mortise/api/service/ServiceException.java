// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Map;

/** A call to a service was refused by the gateway, or answered with a status of 400 or above. */
public final class ServiceException extends MortiseException {
    private static final long serialVersionUID = 1L;

    private final String service;
    private final int status;

    /** Makes the refusal; the status may differ from the code's own when the provider chose it. */
    public ServiceException(String service, ErrorCode code, int status, String message) {
        this(service, code, status, message, Map.of());
    }

    /** Makes a refusal that tells more than its message: see {@link MortiseException#members}. */
    public ServiceException(String service, ErrorCode code, int status, String message, Map<String, ?> members) {
        super(code, message, members);
        this.service = service;
        this.status = status;
    }

    /** Answers the name of the service that was called. */
    public String service() {
        return service;
    }

    /** Answers the HTTP status. */
    public int status() {
        return status;
    }
}
