// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code crm.contacts} as this plugin uses it. The dependency is optional: without it, or when it fails or
 * is slow, there are no customers, and the report goes on.
 */
record Crm(ServiceHandle service, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(Crm.class);

    /** Asks for the customers in the background; the future never fails, and is done when the patience has run out. */
    CompletableFuture<Optional<List<Customer>>> customers() {
        if (!service.available()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return service.sendAsync(ServiceRequest.of("GET", "/contacts"))
                .toCompletableFuture()
                .thenApply(Crm::read)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Crm::without);
    }

    private static Optional<List<Customer>> read(ServiceResponse response) {
        return Optional.of(response.orThrow().as(CustomerList.class).data());
    }

    private static Optional<List<Customer>> without(Throwable fault) {
        LOG.warn("The report has no customers: crm.contacts did not answer: {}", fault.toString());
        return Optional.empty();
    }
}
