// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantGateTest {
    private final TestGateway gateway = TestGateway.open(plugin("echo")
            .route(
                    "GET",
                    "/tenant",
                    request -> Response.text(
                            request.context().tenant().orElseThrow().value())));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void takesTheTenantOfTheIdentity() {
        assertThat(ask("alice").text()).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "acme-corp"})
    void takesAHeaderThatAgreesById(String named) {
        assertThat(gateway.send(get("/api/v1/p/echo/tenant").as("alice").with("X-Tenant-Id", named))
                        .text())
                .isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "nobody", "ACME", ""})
    void refusesAHeaderThatDisagrees(String named) {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/echo/tenant").as("alice").with("X-Tenant-Id", named));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("TENANT_MISMATCH");
    }

    @Test
    void refusesTwoHeadersEvenWhenTheFirstAgrees() {
        FakeExchange answer = gateway.send(get("/api/v1/p/echo/tenant")
                .as("alice")
                .with("X-Tenant-Id", "acme")
                .with("X-Tenant-Id", "default"));

        assertThat(answer.code()).isEqualTo("TENANT_MISMATCH");
    }

    @Test
    void refusesADisagreeingHeaderOnCorePathsToo() {
        FakeExchange answer = gateway.send(get("/api/v1/plugins").as("alice").with("X-Tenant-Id", "default"));

        assertThat(answer.code()).isEqualTo("TENANT_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource({"acme, acme", "acme-corp, acme", "default, default"})
    void letsAnIdentityOfManyTenantsNameOne(String named, String tenant) {
        assertThat(gateway.send(get("/api/v1/p/echo/tenant").as("admin").with("X-Tenant-Id", named))
                        .text())
                .isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/p/echo/tenant", "/api/v1/s/inventory.products/products"})
    void needsATenantFromAnIdentityOfMany(String path) {
        FakeExchange answer = gateway.send(get(path).as("admin"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("TENANT_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X_Tenant_Id", "x.tenant.id", "X-Tenant", "X-Mortise-Tenant"})
    void hearsTheHeaderInItsOneSpellingOnly(String name) {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/echo/tenant").as("admin").with(name, "acme"));

        assertThat(answer.code()).isEqualTo("TENANT_REQUIRED");
    }

    @Test
    void saysThatATenantIsUnknown() {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/echo/tenant").as("admin").with("X-Tenant-Id", "nobody"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(answer.detail()).isEqualTo("There is no tenant 'nobody'.");
    }

    @Test
    void refusesASuspendedTenantHoweverItIsNamed() {
        gateway.knows("ida", Identity.user("ida", new TenantId("idle"), Set.of()));

        FakeExchange own = ask("ida");
        FakeExchange named = gateway.send(get("/api/v1/p/echo/tenant").as("ida").with("X-Tenant-Id", "idle-inc"));
        FakeExchange chosen =
                gateway.send(get("/api/v1/p/echo/tenant").as("admin").with("X-Tenant-Id", "idle"));

        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("TENANT_SUSPENDED");
        assertThat(named.code()).isEqualTo("TENANT_SUSPENDED");
        assertThat(chosen.code()).isEqualTo("TENANT_SUSPENDED");
        assertThat(own.detail()).isEqualTo("Tenant 'idle-inc' is suspended. An administrator can activate it.");
    }

    @Test
    void saysOfATenantThatIsBeingDeletedThatNobodyCanActivateIt() {
        gateway.neighbours.bindTenants(
                new MapTenantDirectory().add(new Tenant(new TenantId("acme"), "acme-corp", "Acme", State.DELETING)));

        FakeExchange answer = ask("alice");

        assertThat(answer.code()).isEqualTo("TENANT_SUSPENDED");
        assertThat(answer.detail()).isEqualTo("Tenant 'acme-corp' is being deleted.");
    }

    @Test
    void neverGuessesATenant() {
        gateway.knows(
                "nobodys",
                new Identity(PrincipalKind.SERVICE, "x", Optional.empty(), false, Optional.empty(), Set.of("*")));

        assertThat(ask("nobodys").code()).isEqualTo("TENANT_REQUIRED");
        assertThat(gateway.send(get("/api/v1/p/echo/tenant").as("nobodys").with("X-Tenant-Id", "default"))
                        .code())
                .isEqualTo("TENANT_MISMATCH");
    }

    private FakeExchange ask(String token) {
        return gateway.send(get("/api/v1/p/echo/tenant").as(token));
    }
}
