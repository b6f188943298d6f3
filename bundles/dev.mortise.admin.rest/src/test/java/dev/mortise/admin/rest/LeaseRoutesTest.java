// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Registry.Claim;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseRoutesTest {
    private static final String HEARTBEAT = "/api/v1/services/heartbeat";
    private static final String DEREGISTER = "/api/v1/services/deregister";
    private static final String HEALTH = "/api/v1/services/{id}/health";
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> REPORTS = Optional.of("reports");

    private final StubRegistry registry = new StubRegistry();
    private final Surface surface = new Surface(new LeaseRoutes(registry, new JacksonJsonFactory()));

    @Test
    void passesAHeartbeatOn() throws Exception {
        surface.answers(
                "POST",
                HEARTBEAT,
                reports("{'serviceId':'i-1','leaseToken':'lease'}"),
                200,
                "{\"status\":\"HEALTHY\"}");

        assertThat(registry.orders).containsExactly("heartbeat");
        assertThat(registry.claims)
                .containsExactly(new Claim(REPORTS, Optional.of("i-1"), NONE, NONE, Optional.of("lease")));
    }

    @Test
    void findsAnInstanceByPluginAndService() throws Exception {
        Claim expected = new Claim(REPORTS, NONE, REPORTS, Optional.of("reports.generator"), Optional.of("lease"));

        surface.answers(
                "DELETE",
                DEREGISTER,
                reports("{'pluginId':'reports','serviceName':'reports.generator','leaseToken':'lease'}"),
                200,
                "{\"status\":\"UNAVAILABLE\"}");
        surface.call("POST", HEARTBEAT, reports("{'serviceName':'reports.generator','leaseToken':'lease'}"));

        assertThat(registry.orders).containsExactly("deregister", "heartbeat");
        assertThat(registry.claims).containsExactly(expected, expected);
    }

    @Test
    void setsHealth() throws Exception {
        surface.answers(
                "PUT",
                HEALTH,
                reports("{'status':'DEGRADED','leaseToken':'lease'}").parameter("id", "i-1"),
                200,
                "{\"status\":\"DEGRADED\"}");

        assertThat(registry.orders).containsExactly("health DEGRADED");
        assertThat(registry.claims)
                .containsExactly(new Claim(REPORTS, Optional.of("i-1"), NONE, NONE, Optional.of("lease")));
    }

    @Test
    void asksAdministratorsForNoLease() throws Exception {
        surface.call("DELETE", DEREGISTER, admin("{'serviceId':'i-1'}"));
        surface.call("POST", HEARTBEAT, admin("{'pluginId':'crm','serviceName':'crm.contacts'}"));
        surface.call("PUT", HEALTH, admin("{'status':'UNAVAILABLE'}").parameter("id", "i-1"));

        assertThat(registry.claims)
                .containsExactly(
                        new Claim(NONE, Optional.of("i-1"), NONE, NONE, NONE),
                        new Claim(NONE, NONE, Optional.of("crm"), Optional.of("crm.contacts"), NONE),
                        new Claim(NONE, Optional.of("i-1"), NONE, NONE, NONE));
    }

    @Test
    void letsNobodySpeakForAnotherPlugin() {
        RequestBuilder foreign = reports("{'pluginId':'crm','serviceName':'crm.contacts','leaseToken':'lease'}");

        assertThat(surface.refuses("DELETE", DEREGISTER, foreign, ErrorCode.PERMISSION_DENIED))
                .hasMessage("'remote:3' is bound to plugin 'reports' and can't speak for plugin 'crm'."
                        + " Use a credential of that plugin.");
        assertThat(registry.claims).isEmpty();
    }

    @Test
    void isNotForUsers() {
        ContextBuilder user = context().user("ann", "plugin.reports.generate");

        for (String[] route : List.of(
                new String[] {"POST", HEARTBEAT}, new String[] {"DELETE", DEREGISTER}, new String[] {"PUT", HEALTH})) {
            surface.refuses(route[0], route[1], Requests.admin().in(user).json("{}"), ErrorCode.PERMISSION_DENIED);
        }
        assertThat(registry.claims).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'leaseToken':'lease'}",
                "{'serviceId':'i-1'}",
                "{'serviceId':'','leaseToken':'lease'}",
                "{'serviceId':7,'leaseToken':'lease'}",
                "{'serviceId':'i-1','leaseToken':null}",
                "{'serviceId':'i-1','serviceName':'reports.generator','leaseToken':'lease'}",
                "{'serviceId':'i-1','pluginId':'reports','leaseToken':'lease'}",
                "{'pluginId':'reports','leaseToken':'lease'}",
                "{'serviceName':'Not a name','leaseToken':'lease'}",
                "{'serviceId':'i-1','leaseToken':'lease','tenant':'acme'}",
                "[]",
                "null",
                ""
            })
    void refusesClaimsThatMakeNoSense(String body) {
        surface.refuses("POST", HEARTBEAT, reports(body), ErrorCode.VALIDATION_FAILED);

        assertThat(registry.claims).isEmpty();
    }

    @Test
    void asksAdministratorsForThePluginOfAService() {
        surface.refuses("POST", HEARTBEAT, admin("{'serviceName':'crm.contacts'}"), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void refusesAStatusThatIsNone() {
        RequestBuilder order = reports("{'status':'FINE','leaseToken':'lease'}").parameter("id", "i-1");

        assertThat(surface.refuses("PUT", HEALTH, order, ErrorCode.VALIDATION_FAILED))
                .hasMessage("'status' must be one of HEALTHY, DEGRADED, UNAVAILABLE, not 'FINE'.");
        surface.refuses(
                "PUT", HEALTH, reports("{'leaseToken':'lease'}").parameter("id", "i-1"), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void answersAsTheRegistryRefuses() {
        registry.refuses(ErrorCode.CONFLICT, "The lease is not that of this instance.");

        assertThat(surface.refuses(
                        "POST", HEARTBEAT, reports("{'serviceId':'i-1','leaseToken':'old'}"), ErrorCode.CONFLICT))
                .hasMessage("The lease is not that of this instance.");
    }

    private static RequestBuilder reports(String body) {
        return Requests.admin().in(Requests.reports()).json(body.replace('\'', '"'));
    }

    private static RequestBuilder admin(String body) {
        return Requests.admin().json(body.replace('\'', '"'));
    }
}
