// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.http.Body;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One service as the calling plugin sees it. Paths are templates: {@code get("/products/{id}?full={full}", id, true)}
 * fills the braces in order, percent-encoded. Every call needs a {@link dev.mortise.api.call.CallContext} with a tenant
 * and is resolved anew, so an update of the provider is not noticed.
 */
@ProviderType
public interface ServiceHandle {
    /** Tells whether a call would find a provider now. */
    boolean available();

    /**
     * Sends a request and answers whatever comes back, whatever its status.
     *
     * @throws ServiceException when the gateway refuses the call or no provider answers
     */
    ServiceResponse send(ServiceRequest request);

    /** Sends a request in the background; fails as {@link #send} does. */
    CompletionStage<ServiceResponse> sendAsync(ServiceRequest request);

    /** Gets a resource; any status of 400 or above is thrown as {@link ServiceException}. */
    default ServiceResponse get(String path, Object... values) {
        return send(ServiceRequest.of("GET", path, values)).orThrow();
    }

    /** Posts a body; any status of 400 or above is thrown as {@link ServiceException}. */
    default ServiceResponse post(String path, Body body, Object... values) {
        return send(ServiceRequest.of("POST", path, values).withBody("application/json", body))
                .orThrow();
    }

    /** Puts a body; any status of 400 or above is thrown as {@link ServiceException}. */
    default ServiceResponse put(String path, Body body, Object... values) {
        return send(ServiceRequest.of("PUT", path, values).withBody("application/json", body))
                .orThrow();
    }

    /** Deletes a resource; any status of 400 or above is thrown as {@link ServiceException}. */
    default ServiceResponse delete(String path, Object... values) {
        return send(ServiceRequest.of("DELETE", path, values)).orThrow();
    }
}
