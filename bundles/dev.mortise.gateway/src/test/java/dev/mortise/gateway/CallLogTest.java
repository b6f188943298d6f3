// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.port.RefusedExchange;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLogTest {
    private static final String TIME = "{\"time\":\"2026-11-21T12:00:07Z\",";

    private final CapturedLines refused = new CapturedLines("mortise.refused");
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory(), reports);

    @AfterEach
    void close() {
        gateway.close();
        refused.close();
    }

    @Test
    void writesARefusedCallAsOneLineOfJson() {
        gateway.send(FakeExchange.of("POST", "/api/v1/p/inventory/products?secret=x")
                .as("alice")
                .with("X-Request-Id", "r1"));

        assertThat(refused.lines())
                .containsExactly(TIME
                        + "\"requestId\":\"r1\",\"method\":\"POST\",\"path\":\"/api/v1/p/inventory/products\","
                        + "\"status\":403,\"plugin\":\"inventory\",\"tenant\":\"acme\","
                        + "\"caller\":{\"kind\":\"USER\",\"id\":\"alice\"},\"client\":\"127.0.0.1\","
                        + "\"code\":\"PERMISSION_DENIED\"}");
    }

    @Test
    void writesNothingOfACallThatIsAnswered() {
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(refused.lines()).isEmpty();
    }

    @Test
    void saysWhoAskedForATenantThatIsNotHis() {
        gateway.send(get("/api/v1/p/inventory/products").as("alice").with("X-Tenant-Id", "idle"));

        assertThat(refused.lines())
                .singleElement()
                .asString()
                .contains("\"code\":\"TENANT_MISMATCH\"", "\"id\":\"alice\"")
                .doesNotContain("\"tenant\"");
    }

    @Test
    void writesNoCredentialAndNoQuery() {
        gateway.send(get("/api/v1/p/inventory/products?token=topsecret").as("topsecret"));

        assertThat(refused.lines())
                .singleElement()
                .asString()
                .contains("\"code\":\"CREDENTIALS_INVALID\"", "\"kind\":\"ANONYMOUS\"")
                .doesNotContain("topsecret");
    }

    @Test
    void keepsOneLineWhateverThePathHolds() {
        gateway.send(get("/a\"b\r\n{\"c\":1}\u2028" + "x".repeat(9_000)));

        assertThat(refused.lines())
                .singleElement()
                .asString()
                .contains("/a\\\"b\\u000d\\u000a{\\\"c\\\":1}\\u2028xxx", "xxx...\"")
                .hasSizeLessThan(1_000);
    }

    @Test
    void writesARefusedCallOfAPluginWithBothPlugins() {
        assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/nothing?secret=x"))
                .isInstanceOf(ServiceException.class);

        assertThat(refused.lines())
                .containsExactly(TIME
                        + "\"requestId\":\"request-1\",\"method\":\"GET\",\"path\":\"/nothing\","
                        + "\"plugin\":\"inventory\",\"service\":\"inventory.products\",\"tenant\":\"acme\","
                        + "\"caller\":{\"kind\":\"USER\",\"id\":\"alice\"},\"callingPlugin\":\"reports\","
                        + "\"status\":404,\"code\":\"ENDPOINT_NOT_FOUND\"}");
    }

    @Test
    void writesSoManyAndTellsOfTheRest() {
        CallLog log = new CallLog(TestGateway.CLOCK, LineLimit.perSecond(2, () -> 0));
        for (int i = 0; i < 9; i++) {
            log.refused(log::line);
        }
        log.close();

        assertThat(refused.lines()).hasSize(3).last().asString().startsWith(TIME + "\"more\":7,");
    }

    @Test
    void tellsOfTheRestThoughNothingMoreIsRefused() {
        try (CallLog log = new CallLog(TestGateway.CLOCK, LineLimit.perSecond(1, () -> 0))) {
            for (int i = 0; i < 5; i++) {
                log.refused(log::line);
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> refused.lines().size() == 2);
            assertThat(refused.lines()).last().asString().startsWith(TIME + "\"more\":4,");
        }
    }

    @Test
    void writesWhatTheListenerRefused() {
        try (CapturedLines access = new CapturedLines("mortise.access")) {
            gateway.refused(new RefusedExchange(
                    "r3", Optional.of(new RefusedExchange.Asked("GET", "/a//b")), "10.0.0.7", ErrorCode.BAD_PATH, 400));
            gateway.refused(new RefusedExchange("r4", Optional.empty(), "10.0.0.7", ErrorCode.REQUEST_TIMEOUT, 408));

            String first = TIME + "\"requestId\":\"r3\",\"method\":\"GET\",\"path\":\"/a//b\",\"status\":400,"
                    + "\"plugin\":\"-\",\"client\":\"10.0.0.7\"";
            String second = TIME + "\"requestId\":\"r4\",\"status\":408,\"plugin\":\"-\",\"client\":\"10.0.0.7\"";
            assertThat(refused.lines())
                    .containsExactly(first + ",\"code\":\"BAD_PATH\"}", second + ",\"code\":\"REQUEST_TIMEOUT\"}");
            assertThat(access.lines()).containsExactly(first + "}", second + "}");
        }
    }

    @Test
    void writesEveryCallOnlyWhereThatIsWanted() {
        gateway.send(get("/api/v1/p/inventory/products/17?secret=x").as("alice"));
        try (CapturedLines access = new CapturedLines("mortise.access")) {
            gateway.send(
                    get("/api/v1/p/inventory/products/17?secret=x").as("alice").with("X-Request-Id", "r2"));

            assertThat(access.lines())
                    .singleElement()
                    .asString()
                    .matches("\\Q" + TIME
                            + "\"requestId\":\"r2\",\"method\":\"GET\",\"path\":\"/api/v1/p/inventory/products/17\","
                            + "\"status\":200,\"plugin\":\"inventory\",\"tenant\":\"acme\","
                            + "\"caller\":{\"kind\":\"USER\",\"id\":\"alice\"},\"client\":\"127.0.0.1\","
                            + "\"route\":\"/products/{product}\",\"micros\":\\E\\d+}");
        }
    }
}
