// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreRoutesTest {
    private static final RouteProvider PLUGINS =
            () -> List.of(Route.get("/api/v1/plugins/{id}", request -> Response.text(request.path())));

    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void answersTheCoresRoutesToAdminsWithoutATenant() {
        gateway.core.bindProvider(PLUGINS, Map.of());

        FakeExchange answer = gateway.send(get("/api/v1/plugins/inventory").as("admin"));

        assertThat(answer.text()).isEqualTo("/api/v1/plugins/inventory");
        assertThat(gateway.access.actions.get(0).permissions()).containsExactly("mortise.admin");
        assertThat(gateway.access.actions.get(0).plugin()).isEmpty();
    }

    @Test
    void refusesThemToAllOthers() {
        gateway.core.bindProvider(PLUGINS, Map.of());

        assertThat(gateway.send(get("/api/v1/plugins/inventory").as("alice")).code())
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void asksForThePermissionThatTheProviderNames() {
        gateway.core.bindProvider(PLUGINS, Map.of("mortise.core.permission", "inventory.read"));

        assertThat(gateway.send(get("/api/v1/plugins/inventory").as("alice")).status())
                .isEqualTo(200);
    }

    @Test
    void letsAnyIdentityInWhereTheProviderNamesNone() {
        gateway.core.bindProvider(PLUGINS, Map.of("mortise.core.permission", ""));

        assertThat(gateway.send(get("/api/v1/plugins/inventory").as("alice")).status())
                .isEqualTo(200);
        assertThat(gateway.send(get("/api/v1/plugins/inventory")).status()).isEqualTo(401);
    }

    @Test
    void leavesTheBodyToAProviderThatBoundsItItself() {
        RouteProvider taking = () -> List.of(
                Route.post("/taking", request -> Response.text(request.body().text())));
        RouteProvider other = () -> List.of(
                Route.post("/other", request -> Response.text(request.body().text())));

        gateway.core.bindProvider(taking, Map.of("mortise.core.bounded", false));
        gateway.core.bindProvider(other, Map.of());

        assertThat(gateway.send(large("/taking").as("admin")).text()).isEqualTo("large");
        assertThat(gateway.send(large("/other").as("admin")).status()).isEqualTo(413);
        assertThat(gateway.send(large("/other")).status()).isEqualTo(401);
    }

    private static FakeExchange large(String path) {
        return FakeExchange.of("POST", path).body(Body.of("large"), 4);
    }

    @Test
    void dropsTheRoutesOfAProviderThatGoes() {
        gateway.core.bindProvider(PLUGINS, Map.of());
        gateway.core.unbindProvider(PLUGINS);

        assertThat(gateway.send(get("/api/v1/plugins/inventory").as("admin")).code())
                .isEqualTo("ROUTE_NOT_FOUND");
        assertThat(gateway.core.all()).isEmpty();
    }

    @Test
    void givesNoRouteInTheGatewaysOwnAreas() {
        RouteProvider greedy = () -> List.of(
                Route.get("/api/v1/p/inventory/x", request -> Response.text("stolen")),
                Route.get("/api/v1/s/inventory.products/x", request -> Response.text("stolen")),
                Route.get("/health", request -> Response.text("stolen")),
                Route.get("/mine", request -> Response.text("mine")));

        gateway.core.bindProvider(greedy, Map.of());

        assertThat(gateway.core.all()).hasSize(1);
    }

    @Test
    void keepsTheFirstOfTwoProvidersOfOneRoute() {
        RouteProvider second = () -> List.of(Route.get("/api/v1/plugins/{name}", request -> Response.text("second")));
        gateway.core.bindProvider(PLUGINS, Map.of());
        gateway.core.bindProvider(second, Map.of());

        assertThat(gateway.send(get("/api/v1/plugins/x").as("admin")).text()).isEqualTo("/api/v1/plugins/x");

        gateway.core.unbindProvider(PLUGINS);

        assertThat(gateway.send(get("/api/v1/plugins/x").as("admin")).text()).isEqualTo("second");
    }

    @Test
    void opensPagesToEverybodyAndNothingElse() {
        RouteProvider pages = () -> List.of(
                Route.get("/docs", request -> Response.text("page")),
                Route.get("/docs/{file}", request -> Response.text(request.pathParameter("file"))),
                Route.post("/docs", request -> Response.text("taken")),
                Route.get("/docsearch", request -> Response.text("taken")),
                Route.get("/api/v1/plugins", request -> Response.text("taken")));

        gateway.core.bindProvider(pages, Map.of("mortise.core.open", true));

        assertThat(gateway.send(get("/docs")).text()).isEqualTo("page");
        assertThat(gateway.send(get("/docs/a.js")).text()).isEqualTo("a.js");
        assertThat(gateway.core.all()).hasSize(2);
        assertThat(gateway.send(get("/docs/a/b")).status()).isEqualTo(401);
        assertThat(gateway.send(get("/docs/..%2fa")).code()).isEqualTo("BAD_PATH");
    }

    @Test
    void leadsFromThePathOfAPageWithASlashToThePage() {
        assertThat(gateway.send(get("/docs/")).status()).isEqualTo(308);
        assertThat(gateway.send(get("/docs/")).field("Location")).isEqualTo("/docs");
        assertThat(gateway.send(get("/console/?a=b")).field("Location")).isEqualTo("/console");
        assertThat(gateway.send(get("/docs//")).code()).isEqualTo("BAD_PATH");
        assertThat(gateway.send(get("//docs/")).code()).isEqualTo("BAD_PATH");
        assertThat(gateway.send(get("/api/v1/plugins/")).code()).isEqualTo("BAD_PATH");
    }
}
