// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.shared.SharedChange;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.api.shared.SharedValue;
import dev.mortise.api.shared.SharedWatch;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.testkit.call.FakeSharedData;
import dev.mortise.testkit.call.TestJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shared data as plugins see it; the front is the one of the container. */
class FakeSharedDataTest {
    private final FakeSharedData shared = new FakeSharedData(TestJson.lenient());
    private final SharedNamespace shop = shared.of("shop").namespace("shop.rates");
    private final SharedNamespace crm = shared.of("crm").namespace("shop.rates");

    /** A value. */
    record Rate(String code, double rate) {}

    @Test
    void mapsValues() throws Exception {
        inAcme(() -> {
            assertThat(shop.set("eur", new Rate("EUR", 1.1))).isEqualTo(1);
            assertThat(crm.get("eur", Rate.class)).contains(new Rate("EUR", 1.1));
            SharedValue value = crm.get("eur").orElseThrow();
            assertThat(value.json()).isEqualTo("{\"code\":\"EUR\",\"rate\":1.1}");
            assertThat(value.owner()).isEqualTo("shop");
            assertThat(value.version()).isEqualTo(1);
            assertThat(value.as(Rate.class).code()).isEqualTo("EUR");
            assertThat(crm.get("usd")).isEmpty();
        });
    }

    @Test
    void takesTextsAndJsonTextAndNull() throws Exception {
        inAcme(() -> {
            shop.set("text", "{}");
            shop.set("raw", Body.of("{\"a\": [1.50]}"));
            shop.set("null", Optional.empty());

            assertThat(json("text")).isEqualTo("\"{}\"");
            assertThat(json("raw")).isEqualTo("{\"a\":[1.50]}");
            assertThat(shop.get("null").orElseThrow().isNull()).isTrue();
            assertThat(shop.get("null", Rate.class)).isEmpty();
            refused(ErrorCode.VALIDATION_FAILED, () -> shop.set("raw", Body.of("{")));
        });
    }

    @Test
    void isThatOfTheTenantOfTheCall() throws Exception {
        inAcme(() -> shop.set("eur", 1));

        context().tenant("beta").run(() -> assertThat(shop.get("eur").isPresent())
                .isFalse());
        inAcme(() -> assertThat(shop.get("eur")).isPresent());
    }

    @Test
    void needsACallWithATenant() throws Exception {
        assertThat(refused(ErrorCode.NO_CONTEXT, () -> shop.get("eur")))
                .hasMessageContaining("SharedData of plugin 'shop'")
                .hasMessageContaining("Tenants.run(tenant, task)");
        context().withoutTenant().run(() -> assertThat(refused(ErrorCode.NO_CONTEXT, () -> shop.set("eur", 1)))
                .hasMessageContaining("in a call without tenant"));
    }

    @Test
    void comparesAddsDeletesAndLists() throws Exception {
        inAcme(() -> {
            assertThat(shop.compareAndSet("a", 1, "x")).isFalse();
            assertThat(shop.compareAndSet("a", 0, "x")).isTrue();
            assertThat(shop.compareAndSet("a", 1, "y", Duration.ofHours(1))).isTrue();
            assertThat(shop.increment("b", 2)).isEqualTo(2);
            assertThat(shop.increment("b", 3, Duration.ofHours(1))).isEqualTo(5);
            assertThat(shop.list(SharedFilter.ALL.startingWith("b")).values())
                    .extracting(SharedValue::key)
                    .containsExactly("b");
            assertThat(shop.list(SharedFilter.ALL.atMost(1)).next()).contains("a");
            assertThat(shop.delete("b")).isTrue();
            assertThat(shop.delete("b")).isFalse();
            assertThat(shop.clear()).isEqualTo(1);
        });
    }

    @Test
    void refusesAsTheContainerDoes() throws Exception {
        shared.narrow("shop", "shop.rates", "reports");
        inAcme(() -> {
            shop.set("eur", 1);
            refused(ErrorCode.PERMISSION_DENIED, () -> crm.set("eur", 2));
            refused(ErrorCode.PERMISSION_DENIED, () -> crm.delete("eur"));
            refused(ErrorCode.PERMISSION_DENIED, () -> crm.get("eur"));
            refused(ErrorCode.VALIDATION_FAILED, () -> shop.set("a\0", 2));
            refused(ErrorCode.VALIDATION_FAILED, () -> shop.set("a", 2, Duration.ZERO));
            refused(ErrorCode.PAYLOAD_TOO_LARGE, () -> shop.set("a", "x".repeat(1 << 20)));
        });
        refused(ErrorCode.VALIDATION_FAILED, () -> shared.of("shop").namespace(""));
    }

    @Test
    void tellsListenersInACallOfTheirPluginForTheTenant() throws Exception {
        List<SharedChange> heard = new ArrayList<>();
        List<String> callers = new ArrayList<>();
        inAcme(() -> {
            SharedWatch watch = crm.watch(change -> {
                heard.add(change);
                callers.add(BoundContext.require("test").caller().orElseThrow() + " "
                        + BoundContext.require("test").tenant().orElseThrow());
            });
            shop.set("eur", 1);
            shop.delete("eur");
            watch.close();
            shop.set("eur", 1);
        });

        assertThat(heard)
                .containsExactly(
                        new SharedChange("shop.rates", "eur", 1, SharedChange.Kind.SET),
                        new SharedChange("shop.rates", "eur", 1, SharedChange.Kind.DELETED));
        assertThat(callers).containsOnly("crm acme");
    }

    private String json(String key) {
        return shop.get(key).orElseThrow().json();
    }

    private static MortiseException refused(ErrorCode code, Runnable task) {
        List<MortiseException> refusals = new ArrayList<>();
        assertThatThrownBy(task::run).isInstanceOfSatisfying(MortiseException.class, refusals::add);
        assertThat(refusals.get(0).code()).isEqualTo(code);
        return refusals.get(0);
    }

    private static void inAcme(Runnable task) throws Exception {
        context().tenant("acme").run(() -> {
            task.run();
            return true;
        });
    }
}
