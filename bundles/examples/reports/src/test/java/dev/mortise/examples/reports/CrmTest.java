// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.testkit.call.FakeServices;
import dev.mortise.testkit.call.TestJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrmTest {
    private static final String SERVICE = "crm.contacts";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeServices services = new FakeServices(TestJson.lenient());

    @Test
    void answersTheCustomers() {
        services.answer(
                SERVICE, "GET /contacts", "{\"data\":[{\"id\":\"1\",\"name\":\"Ada\",\"email\":\"ada@example.com\"}]}");

        assertThat(customers(services.service(SERVICE), PATIENCE)).contains(List.of(new Customer("1", "Ada")));
    }

    @Test
    void doesNotAskAServiceThatIsNotThere() {
        assertThat(customers(services.service(SERVICE), PATIENCE)).isEmpty();
        assertThat(services.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 503, 504})
    void goesOnWithoutCustomersWhenTheCallFails(int status) {
        services.answer(SERVICE, "GET /contacts", request -> Response.status(status));

        assertThat(customers(services.service(SERVICE), PATIENCE)).isEmpty();
    }

    @Test
    void goesOnWithoutCustomersWhenTheEndpointIsGone() {
        services.answer(SERVICE, "GET /people", "{}");

        assertThat(customers(services.service(SERVICE), PATIENCE)).isEmpty();
    }

    @Test
    void goesOnWithoutCustomersWhenTheAnswerCantBeRead() {
        services.answer(SERVICE, "GET /contacts", "no json");

        assertThat(customers(services.service(SERVICE), PATIENCE)).isEmpty();
    }

    @Test
    void losesPatienceWithAServiceThatDoesNotAnswer() {
        assertThat(customers(new Silence(), Duration.ofMillis(20))).isEmpty();
    }

    private static Optional<List<Customer>> customers(ServiceHandle service, Duration patience) {
        return new Crm(service, patience)
                .customers()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** A service that takes requests and never answers. */
    private static final class Silence implements ServiceHandle {
        @Override
        public boolean available() {
            return true;
        }

        @Override
        public ServiceResponse send(ServiceRequest request) {
            throw new IllegalStateException("The report must not wait for the customers.");
        }

        @Override
        public CompletionStage<ServiceResponse> sendAsync(ServiceRequest request) {
            return new CompletableFuture<>();
        }
    }
}
