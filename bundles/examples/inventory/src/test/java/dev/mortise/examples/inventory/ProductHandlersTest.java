// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.testkit.call.RequestBuilder;
import dev.mortise.testkit.call.TestJson;
import java.math.BigDecimal;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductHandlersTest {
    private final MapProducts products = new MapProducts();
    private final ProductHandlers handlers = new ProductHandlers(products, TestJson.json());

    @Test
    void answersWhatItKeepsWithPricesAsNumbers() throws Exception {
        Product saw = products.add(new ProductValues("Saw", "saw-1", new BigDecimal("19.90"), 3));

        Response one = one("GET", saw.id().toString()).to(handlers::get);
        Response all = request("GET", "/products").to(handlers::list);

        String json =
                "{\"id\":\"%s\",\"name\":\"Saw\",\"sku\":\"saw-1\",\"price\":19.90,\"quantity\":3}".formatted(saw.id());
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.body().text()).isEqualTo("{\"data\":" + json + "}");
        assertThat(all.body().text()).isEqualTo("{\"data\":[" + json + "],\"total\":1}");
    }

    @Test
    void makesAProductAndTellsItsAddress() throws Exception {
        Response response = request("POST", "/products")
                .json("{\"name\":\"Saw\",\"sku\":\"saw-1\"}")
                .to(handlers::create);

        Product made = products.list(new PageQuery(0, 1, "")).data().get(0);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().first("Location")).contains("products/" + made.id());
        assertThat(made.price()).isZero();
    }

    @Test
    void replacesAndDeletes() throws Exception {
        String id = products.add(new ProductValues("Saw", "saw-1", BigDecimal.ONE, 3))
                .id()
                .toString();

        Response replaced = one("PUT", id)
                .json("{\"name\":\"Saw\",\"sku\":\"saw-2\",\"price\":2.5,\"quantity\":0}")
                .to(handlers::replace);
        assertThat(replaced.body().text()).contains("\"sku\":\"saw-2\",\"price\":2.5,\"quantity\":0");

        assertThat(one("DELETE", id).to(handlers::delete).status()).isEqualTo(204);
        assertRefused(ErrorCode.NOT_FOUND, () -> one("DELETE", id).to(handlers::delete));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1-1-1-1-1", "", "../x"})
    void findsNothingUnderWhatIsNoId(String id) {
        assertRefused(ErrorCode.NOT_FOUND, () -> one("GET", id).to(handlers::get));
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> one("PUT", id).json("{\"name\":\"a\",\"sku\":\"a\"}").to(handlers::replace));
    }

    @Test
    void findsNothingUnderAnIdThatNobodyHas() {
        assertRefused(ErrorCode.NOT_FOUND, () -> one("GET", UUID.randomUUID().toString())
                .to(handlers::get));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "no json",
                "{\"name\":\"a\",\"sku\":\"a\",\"price\":\"cheap\"}",
                "{\"name\":\"a\",\"sku\":\"a\",\"quantity\":1.5}",
                "{\"name\":\"a\",\"sku\":\"a\",\"quantity\":99999999999}",
                "{\"name\":\"a\",\"sku\":\"a\",\"colour\":\"red\"}"
            })
    void refusesWhatIsNoProduct(String body) {
        assertRefused(
                ErrorCode.VALIDATION_FAILED,
                () -> request("POST", "/products").json(body).to(handlers::create));
        assertThat(products.list(new PageQuery(0, 0, "")).total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"skip,-1", "skip,99999999999", "take,1001", "take,many", "take,''", "search,a\u0000b"})
    void refusesWhatIsNoPage(String name, String value) {
        assertRefused(
                ErrorCode.VALIDATION_FAILED,
                () -> request("GET", "/products").query(name, value).to(handlers::list));
    }

    @Test
    void takesThePageThatIsAskedFor() {
        PageQuery asked = PageQuery.of(request("GET", "/products")
                .query("skip", "20")
                .query("take", "1000")
                .query("search", " saw ")
                .build());

        assertThat(asked).isEqualTo(new PageQuery(20, 1000, "saw"));
        assertThat(PageQuery.of(request("GET", "/products").build())).isEqualTo(new PageQuery(0, 50, ""));
    }

    private static RequestBuilder one(String method, String id) {
        return request(method, "/products/" + id).parameter("id", id);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MortiseException.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
