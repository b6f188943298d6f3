// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.BoundContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of a service for GET is what HEAD asks about. */
class KeptAnswersTest {
    private final AtomicInteger handled = new AtomicInteger();
    private final TestPlugin reports = plugin("reports").needs("site", "site.pages", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(
            reports,
            plugin("site")
                    .saying(Map.of("cacheTTL", "60"))
                    .endpoint("GET", "/pages")
                    .endpoint("POST", "/pages")
                    .endpoint("DELETE", "/pages")
                    .offers("site.pages", "1.0.0")
                    .route("GET", "/pages", request -> {
                        handled.incrementAndGet();
                        return Response.text("page");
                    })
                    .route("POST", "/pages", request -> Response.status(201))
                    .route("DELETE", "/pages", request -> Response.status(409)));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void answerHeadOfAClient() {
        ask("GET");

        assertThat(ask("HEAD").field("Age")).isEqualTo("0");
        assertThat(handled).hasValue(1);
    }

    @Test
    void answerHeadOfAPluginWithoutTheirContent() throws Exception {
        askAsAPlugin("GET");

        ServiceResponse head = askAsAPlugin("HEAD");

        assertThat(head.headers().first("Age")).contains("0");
        assertThat(head.body().text()).isEmpty();
        assertThat(handled).hasValue(1);
    }

    @Test
    void areNotMadeOfHead() throws Exception {
        ask("HEAD");
        askAsAPlugin("HEAD");

        assertThat(ask("GET").text()).isEqualTo("page");
        assertThat(askAsAPlugin("GET").body().text()).isEqualTo("page");
    }

    @Test
    void areOutdatedWhenSomethingChanges() throws Exception {
        ask("GET");
        assertThat(ask("POST").status()).isEqualTo(201);
        ask("GET");
        assertThat(handled).hasValue(2);

        askAsAPlugin("POST");
        ask("GET");
        assertThat(handled).hasValue(3);
    }

    @Test
    void outliveWhatFailedToChangeAnything() {
        ask("GET");
        assertThat(ask("DELETE").status()).isEqualTo(409);
        ask("GET");
        assertThat(handled).hasValue(1);
    }

    @Test
    void areNotForWhoeverAsksForFreshOnes() {
        ask("GET");
        gateway.send(FakeExchange.of("GET", "/api/v1/p/site/pages").as("alice").with("Cache-Control", "no-cache"));
        assertThat(handled).hasValue(2);
    }

    private FakeExchange ask(String method) {
        return gateway.send(FakeExchange.of(method, "/api/v1/p/site/pages").as("alice"));
    }

    private ServiceResponse askAsAPlugin(String method) throws Exception {
        return BoundContext.call(
                TestGateway.call(FakeAccess.ALICE),
                () -> gateway.client(reports).service("site.pages").send(ServiceRequest.of(method, "/pages")));
    }
}
