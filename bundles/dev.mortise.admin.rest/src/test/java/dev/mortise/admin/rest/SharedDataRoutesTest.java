// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Write;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedDataRoutesTest {
    private static final String AREA = "/api/v1/shared-data/";
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Space ACME = new Space(new TenantId("acme"), "n");

    private final MemorySharedDataStore store = new MemorySharedDataStore(Clock.fixed(NOON, ZoneOffset.UTC));
    private final Surface surface = new Surface(new SharedDataRoutes(store, new JacksonJsonFactory()));

    @Test
    void writesAndReadsAnyValueAsItIs() throws Exception {
        for (String value :
                List.of("null", "1.10", "\"\\u0000ü😀\"", "{\"b\":[1E+400,12345678901234567890],\"a\":{}}")) {
            surface.call("POST", AREA + "set", order("{'namespace':'n','key':'k','value':" + value + "}"));
            String body = surface.call(
                            "GET",
                            AREA + "get",
                            reports().query("namespace", "n").query("key", "k"))
                    .body()
                    .text();
            assertThat(body).contains("\"value\":" + value + ",");
        }
    }

    @Test
    void tellsVersionOwnerAndEnd() throws Exception {
        answers("set", "{'namespace':'n','key':'k','value':7,'ttl':60}", "{'version':1}");

        surface.answers(
                "GET",
                AREA + "get",
                reports().query("namespace", "n").query("key", "k"),
                200,
                json("{'value':7,'version':1,'ownerId':'reports','expiresAt':'2026-11-26T12:01:00Z'}"));
    }

    @Test
    void knowsAKeyThatIsNotThere() {
        refuses("GET", "get", reports().query("namespace", "n").query("key", "k"), ErrorCode.NOT_FOUND);
        refuses("DELETE", "delete", reports().query("namespace", "n").query("key", "k"), ErrorCode.NOT_FOUND);
    }

    @Test
    void comparesAndTellsTheVersionThatIsThere() throws Exception {
        answers("cas", "{'namespace':'n','key':'k','value':1,'expectedVersion':0}", "{'version':1}");
        answers("cas", "{'namespace':'n','key':'k','value':2,'expectedVersion':1}", "{'version':2}");

        MortiseException stale = refuses(
                "POST", "cas", order("{'namespace':'n','key':'k','value':3,'expectedVersion':1}"), ErrorCode.CONFLICT);

        assertThat(stale).hasMessage("Key 'k' has version 2. Read it again, and set it if that is still right.");
        Surface.members(stale, "{\"version\":2}");
    }

    @Test
    void addsAndDeletesAndClears() throws Exception {
        answers("increment", "{'namespace':'n','key':'a'}", "{'value':1,'version':1}");
        answers("increment", "{'namespace':'n','key':'a','by':-3}", "{'value':-2,'version':2}");
        answers("set", "{'namespace':'n','key':'b','value':1}", "{'version':1}");

        assertThat(surface.call(
                                "DELETE",
                                AREA + "delete",
                                reports().query("namespace", "n").query("key", "a"))
                        .status())
                .isEqualTo(204);
        answers("clear", "{'namespace':'n'}", "{'cleared':1}");
        answers("clear", "{'namespace':'n'}", "{'cleared':0}");
    }

    @Test
    void listsInPages() throws Exception {
        for (String key : List.of("a", "b", "c")) {
            answers("set", "{'namespace':'n','key':'" + key + "','value':1}", "{'version':1}");
        }

        surface.answers(
                "GET",
                AREA + "list",
                reports().query("namespace", "n").query("limit", "2").query("after", "a"),
                200,
                json("{'count':2,'entries':[{'key':'b','value':1,'version':1,'ownerId':'reports'},"
                        + "{'key':'c','value':1,'version':1,'ownerId':'reports'}]}"));
        surface.answers(
                "GET",
                AREA + "list",
                reports().query("namespace", "n").query("limit", "1").query("ownerId", "reports"),
                200,
                json("{'count':1,'entries':[{'key':'a','value':1,'version':1,'ownerId':'reports'}],'next':'a'}"));
    }

    @Test
    void hearsOfNoOtherTenantAndNoOtherOwner() {
        for (String order : List.of(
                "{'namespace':'n','key':'k','value':1,'tenantId':'beta'}",
                "{'namespace':'n','key':'k','value':1,'tenantId':'acme','ownerId':'inventory'}")) {
            ErrorCode code = order.contains("beta") ? ErrorCode.TENANT_MISMATCH : ErrorCode.PERMISSION_DENIED;
            refuses("POST", "set", order(order), code);
        }
        refuses(
                "GET",
                "list",
                reports().query("namespace", "n").query("ownerId", "inventory"),
                ErrorCode.PERMISSION_DENIED);
        refuses(
                "GET",
                "get",
                reports().query("namespace", "n").query("key", "k").query("tenantId", "beta"),
                ErrorCode.TENANT_MISMATCH);
        refuses("POST", "clear", order("{'namespace':'n','ownerId':'inventory'}"), ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void letsTheFirstWriterAloneWrite() {
        store.set(ACME.key("k"), new Write("inventory", "1", Optional.empty()));

        refuses("POST", "set", order("{'namespace':'n','key':'k','value':2}"), ErrorCode.PERMISSION_DENIED);
        refuses("POST", "increment", order("{'namespace':'n','key':'k'}"), ErrorCode.PERMISSION_DENIED);
        refuses("DELETE", "delete", reports().query("namespace", "n").query("key", "k"), ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void letsAdministratorsReadAndDeleteAllButOwnNothing() throws Exception {
        store.set(ACME.key("k"), new Write("inventory", "1", Optional.empty()));
        store.narrow("inventory", "n", Set.of());

        assertThat(surface.call(
                                "GET",
                                AREA + "get",
                                admin().query("namespace", "n").query("key", "k"))
                        .status())
                .isEqualTo(200);
        assertThat(Surface.tree(surface.call(
                                "GET",
                                AREA + "list",
                                admin().query("namespace", "n").query("ownerId", "inventory")))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        refuses(
                "POST",
                "set",
                admin().json(json("{'namespace':'n','key':'own','value':1}")),
                ErrorCode.PERMISSION_DENIED);
        surface.answers(
                "POST",
                AREA + "clear",
                admin().json(json("{'namespace':'n','ownerId':'crm'}")),
                200,
                json("{'cleared':0}"));
        surface.answers("POST", AREA + "clear", admin().json(json("{'namespace':'n'}")), 200, json("{'cleared':1}"));
    }

    @Test
    void isForNobodyElseAndForNoTenantLess() {
        refuses(
                "GET",
                "list",
                request("GET", "/").in(context().tenant("acme").user("ann")).query("namespace", "n"),
                ErrorCode.PERMISSION_DENIED);
        refuses("GET", "list", Requests.admin().query("namespace", "n"), ErrorCode.TENANT_REQUIRED);
        refuses(
                "GET",
                "list",
                request("GET", "/").in(Requests.reports()).query("namespace", "n"),
                ErrorCode.TENANT_REQUIRED);
    }

    @Test
    void refusesWhatIsNoOrder() {
        for (String order : List.of(
                "{'namespace':'n','key':'k'}",
                "{'namespace':'n','key':'k','value':1,'extra':1}",
                "{'namespace':'n','key':'k','value':1,'ttl':0}",
                "{'namespace':'n','key':'k','value':1,'ttl':-1}",
                "{'namespace':'n','key':'k','value':1,'ttl':1.5}",
                "{'namespace':'n','key':'a\\u0000b','value':1}",
                "{'namespace':'','key':'k','value':1}",
                "{'namespace':'n','key':'k','value':{'a':1,'a':2}}",
                "{'namespace':'n','key':'k','value':}")) {
            refuses("POST", "set", order(order), ErrorCode.VALIDATION_FAILED);
        }
        refuses(
                "POST",
                "cas",
                order("{'namespace':'n','key':'k','value':1,'expectedVersion':-1}"),
                ErrorCode.VALIDATION_FAILED);
        refuses("POST", "cas", order("{'namespace':'n','key':'k','value':1}"), ErrorCode.VALIDATION_FAILED);
        refuses("GET", "list", reports().query("namespace", "n").query("prefix", "\0"), ErrorCode.VALIDATION_FAILED);
    }

    private void answers(String path, String order, String answer) throws Exception {
        surface.answers("POST", AREA + path, order(order), 200, json(answer));
    }

    private MortiseException refuses(String method, String path, RequestBuilder request, ErrorCode code) {
        return surface.refuses(method, AREA + path, request, code);
    }

    private static RequestBuilder order(String text) {
        return reports().json(json(text));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static RequestBuilder reports() {
        return request("GET", "/").in(Requests.plugin("acme"));
    }

    private static RequestBuilder admin() {
        Identity admin = Requests.ADMIN;
        ContextBuilder inAcme = context().tenant("acme").identity(admin);
        return request("GET", "/").in(inAcme);
    }
}
