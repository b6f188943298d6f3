// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.call.RequestBuilder;
import dev.mortise.testkit.port.MapTenantDirectory;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceRoutesTest {
    private static final String LIST = "/api/v1/services/list";
    private static final String DISCOVER = "/api/v1/services/discover";

    private final MapTenantDirectory tenants = new MapTenantDirectory()
            .add(new Tenant(new TenantId("t-1"), "initech", "Initech", false))
            .add("acme")
            .add("globex");
    private final OpenTenantPlugins installed = new OpenTenantPlugins();
    private final Surface surface =
            new Surface(new ServiceRoutes(new StubServices(), tenants, installed, new JacksonJsonFactory()));

    @Test
    void showsAnInstanceInFull() throws Exception {
        surface.answers("GET", LIST, Requests.admin().in(Requests.plugin("acme")), 200, """
                {"count":1,"services":[{"serviceId":"i-1","serviceName":"inventory.products","version":"1.5.0",
                  "pluginId":"inventory","pluginVersion":"1.0.0","nodeId":"n-1","location":"bundle","status":"HEALTHY",
                  "path":"/api/v1/s/inventory.products",
                  "endpoints":[{"method":"GET","path":"/products","permissions":["plugin.inventory.products.read"]}],
                  "metadata":{"rateLimit":"100"},"lastSeenAt":"2026-11-21T12:00:00Z"}]}""");
    }

    @Test
    void tellsAdministratorsOnlyWhereAnInstanceRuns() throws Exception {
        var list = Surface.tree(surface.call("GET", LIST, Requests.admin()));
        var found = Surface.tree(surface.call("GET", DISCOVER, discover("inventory.products", "^1.0.0")));

        assertThat(list.at("/services/0/address").asText()).isEqualTo("http://10.0.0.7:9000");
        assertThat(found.at("/services/0").has("address")).isFalse();
    }

    @Test
    void showsNothingThatTheTenantDoesNotHave() throws Exception {
        installed.stand("globex", "inventory", Standing.ABSENT);

        assertThat(count(Requests.admin().in(Requests.plugin("globex")))).isZero();
        surface.refuses(
                "GET",
                DISCOVER,
                discover("inventory.products", "^1.0.0").in(Requests.plugin("globex")),
                ErrorCode.SERVICE_NOT_FOUND);
    }

    @Test
    void showsWhatTakesNoCallsOfTheTenantAsUnavailable() throws Exception {
        installed.stand("globex", "inventory", new Standing.Closed("The installation is stopped."));

        var found = Surface.tree(surface.call(
                "GET", DISCOVER, discover("inventory.products", "^1.0.0").in(Requests.plugin("globex"))));
        assertThat(found.findValuesAsText("status")).isNotEmpty().containsOnly("UNAVAILABLE");
        assertThat(count(Requests.admin().in(Requests.plugin("globex")).query("status", "HEALTHY")))
                .isZero();
        assertThat(Surface.tree(surface.call(
                                "GET",
                                DISCOVER,
                                discover("inventory.products", "^1.0.0").in(Requests.plugin("acme"))))
                        .findValuesAsText("status"))
                .containsOnly("HEALTHY");
    }

    @Test
    void showsAPluginOnlyWhatItsTenantSees() throws Exception {
        assertThat(count(Requests.admin())).isEqualTo(2);
        assertThat(count(Requests.admin().in(Requests.plugin("globex")))).isEqualTo(2);
        assertThat(count(Requests.admin().in(Requests.plugin("acme")))).isEqualTo(1);
        assertThat(count(Requests.admin().in(Requests.reports())))
                .as("of no tenant")
                .isEqualTo(1);
    }

    @Test
    void hearsATenantIdOnlyFromWhomItIs() throws Exception {
        assertThat(count(Requests.admin().query("tenantId", "acme"))).isEqualTo(1);
        assertThat(count(Requests.admin().in(Requests.plugin("acme")).query("tenantId", "acme")))
                .isEqualTo(1);
        surface.refuses(
                "GET",
                LIST,
                Requests.admin().in(Requests.plugin("acme")).query("tenantId", "globex"),
                ErrorCode.TENANT_MISMATCH);
    }

    @Test
    void saysThatATenantIsNotKnownToWhomMayNameAny() {
        var unknown = surface.refuses("GET", LIST, Requests.admin().query("tenantId", "nobody"), ErrorCode.NOT_FOUND);
        surface.refuses("GET", DISCOVER, discover("x.y", "*").query("tenantId", "nobody"), ErrorCode.TENANT_MISMATCH);

        assertThat(unknown).hasMessage("There is no tenant 'nobody'.");
    }

    @Test
    void refusesForeignAndUnknownTenantsAlike() {
        List<String> refusals = Stream.of("globex", "nobody")
                .map(tenant -> surface.refuses(
                        "GET",
                        LIST,
                        Requests.admin().in(Requests.plugin("acme")).query("tenantId", tenant),
                        ErrorCode.TENANT_MISMATCH))
                .map(refusal -> refusal.getMessage().replaceAll("globex|nobody", "?"))
                .toList();

        assertThat(refusals).containsOnly("'plugin:2' does not act for tenant '?', but for 'acme'.");
    }

    @Test
    void takesATenantsSlugForItsId() throws Exception {
        assertThat(count(Requests.admin().in(Requests.plugin("t-1")).query("tenantId", "initech")))
                .isEqualTo(1);
        assertThat(count(Requests.admin().query("tenantId", "initech"))).isEqualTo(1);
    }

    @Test
    void refusesTwoTenantsInOneRequest() {
        RequestBuilder both = Requests.admin()
                .in(Requests.adminWithin(300).tenant("acme").identity(Requests.ADMIN))
                .query("tenantId", "globex");

        surface.refuses("GET", LIST, both, ErrorCode.TENANT_MISMATCH);
    }

    @Test
    void listsThoseOfOnePluginOrStatus() throws Exception {
        assertThat(count(Requests.admin().query("pluginId", "inventory"))).isEqualTo(2);
        assertThat(count(Requests.admin().query("pluginId", "crm"))).isZero();
        assertThat(count(Requests.admin().query("status", "HEALTHY"))).isEqualTo(2);
        assertThat(count(Requests.admin().query("status", "DEGRADED"))).isZero();
        surface.refuses("GET", LIST, Requests.admin().query("status", "healthy"), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void isNotForClientsOfATenant() {
        Identity client = Identity.user("ann", new TenantId("acme"), Set.of("plugin.inventory.products.read"));

        surface.refuses("GET", LIST, Requests.admin().in(context().identity(client)), ErrorCode.PERMISSION_DENIED);
        surface.refuses(
                "GET",
                DISCOVER,
                Requests.admin().in(context().identity(client)).query("serviceName", "x.y"),
                ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void findsAServiceByNameAndRange() throws Exception {
        var found = Surface.tree(surface.call("GET", DISCOVER, discover("inventory.products", "^1.0.0")));

        assertThat(found.at("/services/0/version").asText()).isEqualTo("1.5.0");
    }

    @Test
    void saysWhichVersionsThereAre() {
        var refusal =
                surface.refuses("GET", DISCOVER, discover("inventory.products", "^2.0.0"), ErrorCode.SERVICE_NOT_FOUND);

        assertThat(refusal)
                .hasMessage(
                        "Service not found: inventory.products (^2.0.0) for tenant 'acme'. Offered versions: 1.5.0.");
    }

    @Test
    void saysThatNobodyOffersAService() {
        var refusal = surface.refuses(
                "GET", DISCOVER, Requests.admin().query("serviceName", "no.such"), ErrorCode.SERVICE_NOT_FOUND);

        assertThat(refusal).hasMessage("Service not found: no.such. No plugin offers it.");
    }

    @Test
    void needsTheNameOfAService() {
        surface.refuses("GET", DISCOVER, Requests.admin(), ErrorCode.VALIDATION_FAILED);
    }

    private int count(RequestBuilder request) throws Exception {
        return Surface.tree(surface.call("GET", LIST, request)).get("count").asInt();
    }

    private static RequestBuilder discover(String name, String range) {
        return Requests.admin()
                .in(Requests.plugin("acme"))
                .query("serviceName", name)
                .query("version", range);
    }

    /** Offers one service to everybody and one to a tenant. */
    private static final class StubServices implements Services {
        @Override
        public List<Instance> list() {
            return List.of(
                    instance("inventory.products", Optional.empty()),
                    instance("globex.secrets", Optional.of("globex")));
        }

        @Override
        public List<Instance> discover(String serviceName, Optional<String> range) {
            return list().stream()
                    .filter(instance -> instance.serviceName().equals(serviceName))
                    .filter(instance -> !range.equals(Optional.of("^2.0.0")))
                    .toList();
        }

        @Override
        public List<RouteLine> routes() {
            return List.of();
        }

        private static Instance instance(String name, Optional<String> tenant) {
            return new Instance(
                    "i-1",
                    name,
                    "1.5.0",
                    "inventory",
                    "1.0.0",
                    "n-1",
                    "bundle",
                    "HEALTHY",
                    "/api/v1/s/" + name,
                    tenant,
                    List.of(new EndpointLine("GET", "/products", List.of("plugin.inventory.products.read"))),
                    Map.of("rateLimit", "100"),
                    Instant.parse("2026-11-21T12:00:00Z"),
                    Optional.of("http://10.0.0.7:9000"));
        }
    }
}
