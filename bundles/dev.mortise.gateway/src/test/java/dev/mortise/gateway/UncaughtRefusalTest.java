// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client of plugin desk gets when desk does not catch what came of its call to plugin stock. */
@Timeout(30)
class UncaughtRefusalTest {
    private static final ServiceRequest THINGS = ServiceRequest.of("GET", "/things");

    private final TestPlugin desk = plugin("desk").needs("stock", "stock.things", "^1.0.0");
    private final TestGateway gateway = TestGateway.open();
    private final ServiceClient client = gateway.client(desk);

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 502, SERVICE_FAILED",
        "401, 502, SERVICE_FAILED",
        "403, 502, SERVICE_FAILED",
        "404, 502, SERVICE_FAILED",
        "409, 502, SERVICE_FAILED",
        "418, 502, SERVICE_FAILED",
        "500, 502, SERVICE_FAILED",
        "502, 502, SERVICE_FAILED",
        "429, 503, SERVICE_UNAVAILABLE",
        "503, 503, SERVICE_UNAVAILABLE",
        "504, 504, DEADLINE_EXCEEDED",
        "508, 508, LOOP_DETECTED"
    })
    void isNeverWhatWasSaidToDesk(int answered, int told, String code) {
        FakeExchange answer = asked(request ->
                Response.of(answered, "text/plain", Body.of("secret")).with("Retry-After", "7"));

        assertThat(answer.status()).isEqualTo(told);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text()).doesNotContain("secret");
        assertThat(answer.field("Retry-After")).isEqualTo(told == 503 ? "7" : "absent");
    }

    @Test
    void saysWhichServiceAnsweredWhatAndWhereMoreIsTold() {
        FakeExchange answer = asked(request -> {
            throw new MortiseException(ErrorCode.CONFLICT, "Inner matters.", Map.of("blockers", List.of("inner")));
        });

        assertThat(answer.detail())
                .isEqualTo("GET / of plugin 'desk' failed: service 'stock.things' answered it with status 409, which it"
                        + " does not handle. The log tells more, under request id " + answer.field("X-Request-Id")
                        + ".");
        assertThat(answer.text()).doesNotContain("blockers").doesNotContain("Inner");
    }

    @Test
    void isDesksOwnWhereDeskSaysSo() {
        gateway.put(stock(request -> {
            throw new MortiseException(ErrorCode.CONFLICT, "Needed.", Map.of("blockers", List.of("reports")));
        }));
        FakeExchange answer = throughDesk(request -> {
            try {
                client.service("stock.things").send(THINGS).orThrow();
                throw new AssertionError("no refusal");
            } catch (ServiceException refused) {
                throw refused.asOwn();
            }
        });

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("\"blockers\":[\"reports\"]");
    }

    @Test
    void isUnavailableWhenNobodyIsThere() {
        FakeExchange answer = throughDesk(request -> call("stock.things", "/things"));

        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.detail()).startsWith("Service not found: stock.things");
        assertThat(answer.field("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"other.things, /things", "stock.things, /nothing"})
    void isAFaultOfDeskThatAsksForWhatItMayNot(String service, String path) {
        gateway.put(stock(request -> Response.text("things")));

        FakeExchange answer = throughDesk(request -> call(service, path));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("INTERNAL");
        assertThat(answer.text()).doesNotContain("things");
    }

    @Test
    void isTheSameForACallInTheBackground() {
        gateway.put(stock(request -> Response.status(404)));
        FakeExchange answer = throughDesk(request -> {
            client.service("stock.things")
                    .sendAsync(THINGS)
                    .thenAccept(response -> response.orThrow())
                    .toCompletableFuture()
                    .join();
            return Response.status(200);
        });

        assertThat(answer.code()).isEqualTo("SERVICE_FAILED");
    }

    private FakeExchange asked(Handler provider) {
        gateway.put(stock(provider));
        return throughDesk(request -> call("stock.things", "/things"));
    }

    private FakeExchange throughDesk(Handler handler) {
        gateway.put(desk.route("GET", "/", handler));
        return gateway.send(get("/api/v1/p/desk").as("alice"));
    }

    private Response call(String service, String path) {
        return Response.status(client.service(service).get(path).status());
    }

    private static TestPlugin stock(Handler handler) {
        return plugin("stock")
                .endpoint("GET", "/things")
                .offers("stock.things", "1.0.0")
                .route("GET", "/things", handler);
    }
}
