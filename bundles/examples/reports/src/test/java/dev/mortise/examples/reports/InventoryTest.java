// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.testkit.call.FakeServices;
import dev.mortise.testkit.call.TestJson;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InventoryTest {
    private static final String SERVICE = "inventory.products";
    private static final Pattern TARGET = Pattern.compile("/products\\?skip=(\\d+)&take=(\\d+)");
    private static final String PRODUCT =
            "{\"id\":\"1\",\"name\":\"Saw\",\"sku\":\"saw\",\"price\":1.5,\"quantity\":1,\"colour\":\"red\"}";

    private final FakeServices services = new FakeServices(TestJson.lenient());
    private final Inventory inventory = services.as(Inventory.class);

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "500,1", "501,2", "1000,2", "1203,3"})
    void asksForPagesUntilItHasAll(int count, int calls) {
        services.answer(SERVICE, "GET /products", request -> page(request, count, count));

        assertThat(inventory.products()).hasSize(count);
        assertThat(services.sent()).hasSize(calls);
    }

    @Test
    void endsWhenProductsVanishWhileItAsks() {
        services.answer(SERVICE, "GET /products", request -> page(request, 500, 700));

        assertThat(inventory.products()).hasSize(500);
    }

    @Test
    void handsRefusalsOnToTheClient() {
        assertThatThrownBy(inventory::products)
                .isInstanceOfSatisfying(ServiceException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.SERVICE_NOT_FOUND));
    }

    private static Response page(ServiceRequest request, int there, int total) {
        Matcher target = TARGET.matcher(request.target());
        assertThat(target.matches()).as(request.target()).isTrue();
        int left = Math.max(0, there - Integer.parseInt(target.group(1)));
        int count = Math.min(left, Integer.parseInt(target.group(2)));
        String data = String.join(",", Collections.nCopies(count, PRODUCT));
        return Response.of(200, "application/json", Body.of("{\"data\":[" + data + "],\"total\":" + total + "}"));
    }
}
