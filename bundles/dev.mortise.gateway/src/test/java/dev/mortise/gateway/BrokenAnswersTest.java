// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of instances elsewhere that began and did not come to their end. */
@Timeout(60)
class BrokenAnswersTest {
    private static final String ADDRESS = "http://10.0.0.1:9000";
    private static final String FAR = "/api/v1/s/inventory.products/products";

    private final AtomicReference<RemoteFault.Kind> kind = new AtomicReference<>(RemoteFault.Kind.LOST);
    private final TestPlugin reports = plugin("reports")
            .needs("inventory", "inventory.products", "^1.0.0")
            .route("GET", "/relay", request -> Response.text(asked().body().text()))
            .route("GET", "/json", request -> Response.text(String.valueOf(asked().as(Object.class))))
            .route("GET", "/pass", request -> Response.of(200, "text/plain", asked().body()));
    private final TestGateway gateway = TestGateway.open(reports);

    BrokenAnswersTest() {
        TestPlugin provider = plugin("inventory")
                .within("GET", "/products", Duration.ofSeconds(10))
                .offers("inventory.products", "1.0.0");
        gateway.remote.at(
                ADDRESS,
                request -> new Response(200, Headers.none(), Body.writing(sink -> {
                    if (kind.get() == RemoteFault.Kind.BUSY) {
                        sink.write('x');
                    } else {
                        fail();
                    }
                })));
        assertThat(gateway.registry.register(
                        Announced.by("token-1", "inventory", Optional.of(provider.manifest()), ADDRESS, false)))
                .isInstanceOf(Registry.Registered.Done.class);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private ServiceResponse asked() {
        return gateway.client(reports).service("inventory.products").get("/products");
    }

    private FakeExchange reports(String path) {
        return gateway.send(get("/api/v1/p/reports" + path).as("alice").reading());
    }

    /** What reading an answer throws; the transport says in the cause how it ended. */
    private void fail() throws IOException {
        RemoteFault fault =
                new RemoteFault(kind.get(), ADDRESS + " failed.", new IllegalStateException("for the test"));
        if (kind.get() != RemoteFault.Kind.LOST) {
            throw new MortiseException(ErrorCode.DEADLINE_EXCEEDED, "late", fault);
        }
        throw new IOException("broken", fault);
    }

    @Test
    void countAgainstTheInstanceAndAreNoFaultOfWhoReadsThem() {
        for (int i = 0; i < 3; i++) {
            FakeExchange broken = reports("/relay");
            assertThat(broken.status()).isEqualTo(503);
            assertThat(broken.detail())
                    .contains("inventory")
                    .endsWith("broke off.")
                    .doesNotContain("10.0.0.1");
        }

        assertThat(reports("/relay").detail()).contains("is left alone");
    }

    @Test
    void countWhenTheyAreLateToo() {
        kind.set(RemoteFault.Kind.LATE);
        for (int i = 0; i < 3; i++) {
            FakeExchange late = reports("/relay");
            assertThat(late.status()).isEqualTo(504);
            assertThat(late.detail()).contains("inventory").doesNotContain("10.0.0.1");
        }

        assertThat(reports("/relay").detail()).contains("is left alone");
    }

    @Test
    void countNotWhenTheirReaderWasSlow() {
        kind.set(RemoteFault.Kind.CUT_SHORT);
        for (int i = 0; i < 6; i++) {
            assertThat(reports("/relay").detail()).contains("did not come to its end in time");
        }
    }

    @Test
    void areToldHoweverTheyAreReadOrHandedOn() {
        for (String path : List.of("/json", "/pass")) {
            FakeExchange broken = reports(path);
            assertThat(broken.status()).as(path).isEqualTo(503);
            assertThat(broken.detail()).contains("inventory").endsWith("broke off.");
        }
    }

    @Test
    void areToldToAPluginElsewhereWhereNothingWasSent() {
        for (int i = 0; i < 3; i++) {
            FakeExchange broken = gateway.send(get(FAR).as("reports").reading());
            assertThat(broken.status()).isEqualTo(503);
            assertThat(broken.text()).doesNotContain("10.0.0.1");
        }

        assertThat(gateway.send(get(FAR).as("reports").reading()).detail()).contains("is left alone");
    }

    @Test
    void areForgivenByOneThatCameToItsEnd() {
        for (int i = 0; i < 6; i++) {
            kind.set(i % 3 == 2 ? RemoteFault.Kind.BUSY : RemoteFault.Kind.LOST);
            FakeExchange answer = reports("/relay");
            assertThat(answer.status()).isEqualTo(i % 3 == 2 ? 200 : 503);
        }
    }
}
