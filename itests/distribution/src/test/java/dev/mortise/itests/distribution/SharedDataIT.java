// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.SharedDesks.AREA;
import static dev.mortise.itests.distribution.SharedDesks.ok;
import static dev.mortise.itests.distribution.SharedDesks.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared data of the product: over HTTP, in plugins, and between both. */
final class SharedDataIT {
    @AutoClose
    private static SharedDesks desks;

    private static Client desk;
    private static Client stock;
    private static Client deskOfBeta;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        desks = SharedDesks.start(folder.resolve("home"));
        desk = desks.bound("desk", "default");
        stock = desks.bound("stock", "default");
        deskOfBeta = desks.bound("desk", "beta");
    }

    @Test
    void isWrittenReadListedAndDeletedOverHttp() {
        assertThat(ok(post(desk, "set", "{'namespace':'basics','key':'a','value':{'n':[1.10,null]}}")))
                .isEqualTo("{\"version\":1}");
        assertThat(ok(post(desk, "set", "{'namespace':'basics','key':'b','value':null,'ttl':3600}")))
                .isEqualTo("{\"version\":1}");

        assertThat(ok(stock.get(AREA + "get?namespace=basics&key=a")))
                .isEqualTo("{\"value\":{\"n\":[1.10,null]},\"version\":1,\"ownerId\":\"desk\"}");
        JsonNode b = stock.get(AREA + "get?namespace=basics&key=b").json();
        assertThat(b.path("value").isNull()).isTrue();
        assertThat(b.path("expiresAt").asText()).matches("20.*Z");
        JsonNode list = desk.get(AREA + "list?namespace=basics&ownerId=desk").json();
        assertThat(list.path("count").asInt()).isEqualTo(2);
        assertThat(list.at("/entries/0/key").asText()).isEqualTo("a");
        assertThat(desk.send("DELETE", AREA + "delete?namespace=basics&key=a", "")
                        .status())
                .isEqualTo(204);
        assertThat(desk.get(AREA + "get?namespace=basics&key=a").code()).isEqualTo("NOT_FOUND");
        assertThat(ok(post(desk, "clear", "{'namespace':'basics'}"))).isEqualTo("{\"cleared\":1}");
    }

    @Test
    void belongsToWhoeverWritesFirstHereOrThere() {
        post(desk, "set", "{'namespace':'owned','key':'k','value':1}");

        assertThat(post(stock, "set", "{'namespace':'owned','key':'k','value':2}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(post(stock, "cas", "{'namespace':'owned','key':'k','value':2,'expectedVersion':1}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(stock.send("DELETE", AREA + "delete?namespace=owned&key=k", "")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(post(stock, "set", "{'namespace':'owned','key':'k','value':2,'ownerId':'desk'}")
                        .status())
                .isEqualTo(403);
        assertThat(desks.container()
                        .client()
                        .send("PUT", "/api/v1/p/stock/shared/owned/k", "3")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(desks.container()
                        .client()
                        .get("/api/v1/p/stock/shared/owned/k")
                        .body())
                .isEqualTo("1");
        assertThat(desks.container()
                        .client()
                        .send("PUT", "/api/v1/p/desk/shared/owned/k", "4")
                        .status())
                .isEqualTo(204);
        assertThat(stock.get(AREA + "get?namespace=owned&key=k")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void isReadByThoseAloneWhomTheManifestNames() {
        post(desk, "set", "{'namespace':'desk.secret','key':'k','value':1}");

        assertThat(stock.get(AREA + "get?namespace=desk.secret&key=k").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(desks.container()
                        .client()
                        .get("/api/v1/p/stock/shared/desk.secret/k")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(stock.get(AREA + "list?namespace=desk.secret")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(desks.bound("ledger", "default")
                        .get(AREA + "get?namespace=desk.secret&key=k")
                        .status())
                .isEqualTo(200);
        assertThat(desks.container()
                        .client()
                        .get(AREA + "get?namespace=desk.secret&key=k")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isNothingToAnotherTenant() {
        post(desk, "set", "{'namespace':'tenants','key':'k','value':1}");

        assertThat(deskOfBeta.get(AREA + "get?namespace=tenants&key=k").code()).isEqualTo("NOT_FOUND");
        assertThat(deskOfBeta
                        .get(AREA + "list?namespace=tenants")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(ok(post(deskOfBeta, "clear", "{'namespace':'tenants'}"))).isEqualTo("{\"cleared\":0}");
        assertThat(desks.container()
                        .admin()
                        .tenant("beta")
                        .get(AREA + "get?namespace=tenants&key=k")
                        .code())
                .isEqualTo("NOT_FOUND");
        assertThat(deskOfBeta
                        .tenant("default")
                        .get(AREA + "get?namespace=tenants&key=k")
                        .code())
                .isEqualTo("TENANT_MISMATCH");
        assertThat(desk.get(AREA + "get?namespace=tenants&key=k&tenantId=beta").code())
                .isEqualTo("TENANT_MISMATCH");
        assertThat(desks.container()
                        .admin()
                        .tenant("beta")
                        .get("/api/v1/p/desk/shared/tenants/k")
                        .body())
                .isEqualTo("nothing");
        assertThat(desks.container()
                        .admin()
                        .get(AREA + "list?namespace=tenants")
                        .code())
                .isEqualTo("TENANT_REQUIRED");
    }

    @Test
    void isForPluginsAndAdministrators() {
        assertThat(desks.container().anonymous().get(AREA + "list?namespace=n").code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(post(desks.container().client(), "set", "{'namespace':'n','key':'k','value':1}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        Answer moved = desk.get("/api/shared-data/get?namespace=n&key=k");
        assertThat(moved.status()).isEqualTo(404);
        assertThat(moved.json().path("detail").asText())
                .isEqualTo("'/api/shared-data/get' has moved to '/api/v1/shared-data/get'.");
    }

    @Test
    void isMeasured() {
        post(desk, "set", "{'namespace':'measured','key':'k','value':1}");

        MetricsPage page = MetricsPage.of(desks.container());
        assertThat(page.sum(
                        "mortise_shared_operations_seconds_count",
                        "plugin",
                        "desk",
                        "operation",
                        "set",
                        "outcome",
                        "done"))
                .isPositive();
        assertThat(page.values("tenant")).isEmpty();
    }
}
