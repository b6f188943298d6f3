// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.service.ServiceException;
import dev.mortise.testkit.call.FakeServices;
import dev.mortise.testkit.call.TestJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class ReportRoutesTest {
    private static final String PRODUCTS = """
            {"data":[{"id":"1","name":"Saw","sku":"saw","price":2.5,"quantity":4},
                     {"id":"2","name":"Axe","sku":"axe","price":30,"quantity":0}],"total":2}""";

    private final FakeServices services = new FakeServices(TestJson.lenient());
    private final Route route = new ReportRoutes(
                    services,
                    TestJson.json(),
                    Duration.ofSeconds(30),
                    Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC))
            .routes()
            .get(0);

    @Test
    void leavesTheCustomersOutWithoutCrm() throws Exception {
        services.answer("inventory.products", "GET /products", PRODUCTS);

        assertThat(generate().body().text())
                .isEqualTo("{\"totalProducts\":2,\"totalValue\":10.0,\"lowStock\":["
                        + "{\"id\":\"1\",\"name\":\"Saw\",\"sku\":\"saw\",\"price\":2.5,\"quantity\":4},"
                        + "{\"id\":\"2\",\"name\":\"Axe\",\"sku\":\"axe\",\"price\":30,\"quantity\":0}],\"outOfStock\":["
                        + "{\"id\":\"2\",\"name\":\"Axe\",\"sku\":\"axe\",\"price\":30,\"quantity\":0}],"
                        + "\"generatedAt\":\"2026-11-21T12:00:00Z\"}");
    }

    @Test
    void listsTheCustomersWithCrm() throws Exception {
        services.answer("inventory.products", "GET /products", PRODUCTS);
        services.answer("crm.contacts", "GET /contacts", "{\"data\":[{\"id\":\"7\",\"name\":\"Ada\"}]}");

        assertThat(generate().body().text()).endsWith(",\"customers\":[{\"id\":\"7\",\"name\":\"Ada\"}]}");
    }

    @Test
    void isRefusedWithoutInventory() {
        assertThatThrownBy(this::generate)
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("inventory.products");
    }

    @Test
    void realisesTheDeclaredEndpoint() {
        assertThat(route.method() + " " + route.path()).isEqualTo("POST /reports/generate");
    }

    private Response generate() throws Exception {
        return request("POST", "/reports/generate").to(route.handler());
    }
}
