// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.ACME;
import static dev.mortise.host.config.Given.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept for fields that only another version of a plugin declares: one that was before, and may come back. */
class UndeclaredFieldsTest {
    private static final AuthMethod OTHER = new ApiKey("other", "Other", "otherKey");

    @TempDir
    private Path etc;

    private Given given;

    @BeforeEach
    void configure() {
        given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("pin", 4711, "apiKey", "canary", "rounds", 3, "on", true));
    }

    @Test
    void comeBackWithTheVersionThatDeclaresThem() {
        ConfigurationOrders next = given.updated(schema(Given.SCHEMA.methods(), "currency", "on", "apiKey"));

        assertThat(next.configure("acme", "reports", Map.of("currency", "CHF")).config())
                .isEqualTo(Map.of("currency", "CHF", "apiKey", "****"));
        assertThat(next.set("acme", "reports", "currency", Optional.of("USD")).config())
                .isEqualTo(Map.of("currency", "USD", "apiKey", "****"));

        assertThat(given.orders.find("acme", "reports").config())
                .isEqualTo(Map.of("currency", "USD", "apiKey", "****", "pin", "****", "rounds", 3));
        assertThat(found("pin")).hasToString("4711");
    }

    @Test
    void canNotBeSent() {
        ConfigurationOrders next = given.updated(schema(List.of(), "currency"));

        assertThatThrownBy(() -> next.configure("acme", "reports", Map.of("pin", "****")))
                .hasMessageContaining("'/pin' is no field that can be set here.");
    }

    @Test
    void ofAMethodComeBackThoughCredentialsOfAnotherWereGiven() {
        given.updated(schema(List.of(OTHER), "otherKey")).configure("acme", "reports", Map.of("otherKey", "first"));
        ConfigurationOrders next = given.updated(schema(List.of(OTHER), "otherKey"));

        assertThat(next.authenticate("acme", "reports", "other", Map.of("otherKey", "second"))
                        .auth())
                .contains(new Auth("other", Optional.empty(), Optional.empty()));
        assertThat(part(schema(List.of(OTHER), "otherKey")).auth())
                .contains(new WorkerProcesses.Auth("other", Map.of("otherKey", "second")));

        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("key", Optional.empty(), Optional.empty()));
        assertThat(part(Given.SCHEMA).auth()).contains(new WorkerProcesses.Auth("key", Map.of("apiKey", "canary")));
        given.orders.configure("acme", "reports", Map.of("apiKey", "new"));
        assertThat(part(schema(List.of(OTHER), "otherKey")).auth())
                .contains(new WorkerProcesses.Auth("other", Map.of("otherKey", "second")));
    }

    /** A tenant has credentials of one method, also where a version knows two. */
    @Test
    void ofAMethodThatWasLeftAreNotShown() {
        given.updated(schema(List.of(OTHER), "otherKey")).configure("acme", "reports", Map.of("otherKey", "first"));
        ConfigurationOrders both = both();

        Configuration shown = both.find("acme", "reports");

        assertThat(shown.config()).isEqualTo(Map.of("otherKey", "****"));
        assertThat(both.configure("acme", "reports", shown.config())).isEqualTo(shown);
        assertThat(given.orders.find("acme", "reports").config()).containsEntry("apiKey", "****");
    }

    @Test
    void areNotFoundGoodWithWhatHoldsMeanwhile() {
        ConfigurationOrders next = given.updated(schema(List.of(OTHER), "otherKey"));
        next.configure("acme", "reports", Map.of("otherKey", "first"));

        assertThat(given.orders.validateAuth("acme", "reports").valid()).isTrue();

        assertThat(next.find("acme", "reports").auth()).contains(new Auth("other", Optional.empty(), Optional.empty()));
    }

    @Test
    void stayWhereAMethodIsConnected() {
        ConfigurationOrders next = given.updated(schema(List.of(OTHER), "otherKey"));
        next.configure("acme", "reports", Map.of("otherKey", "first"));

        given.orders.connect(
                given.target(), "key", given.store.find(Given.ACME, REPORTS).auth());

        assertThat(part(Given.SCHEMA).auth()).contains(new WorkerProcesses.Auth("key", Map.of("apiKey", "canary")));
        assertThat(next.find("acme", "reports").config()).isEqualTo(Map.of("otherKey", "****"));
    }

    @Test
    void ofAMethodAreForgottenWithIt() {
        ConfigurationOrders both = both();

        both.configure("acme", "reports", Map.of("otherKey", "first"));

        assertThat(both.find("acme", "reports").config()).isEqualTo(Map.of("otherKey", "****"));
        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("other", Optional.empty(), Optional.empty()));
    }

    /** Some fields were credentials, and are settings now: other credentials do not take their place. */
    @Test
    void thatWereCredentialsStayThroughOtherCredentials() {
        ConfigurationOrders next = given.updated(schema(List.of(OTHER), "apiKey", "otherKey"));

        next.authenticate("acme", "reports", "other", Map.of("otherKey", "first"));

        assertThat(next.find("acme", "reports").config()).isEqualTo(Map.of("apiKey", "****", "otherKey", "****"));
        assertThat(found("apiKey")).isEqualTo("canary");
    }

    @Test
    void areNotToldToProcesses() {
        ConfigSchema schema = schema(Given.SCHEMA.methods(), "currency", "apiKey");
        given.updated(schema).configure("acme", "reports", Map.of("currency", "CHF"));

        assertThat(part(schema))
                .isEqualTo(new TenantPart(
                        Map.of("currency", "CHF"),
                        Optional.of(new WorkerProcesses.Auth("key", Map.of("apiKey", "canary")))));
    }

    @Test
    void giveWayToWhatIsGivenAnewOnceTheyAreDeclaredAgain() {
        given.updated(schema(List.of(), "currency")).configure("acme", "reports", Map.of());

        Configuration shown = given.updated(plain()).find("acme", "reports");
        assertThat(shown.config()).containsEntry("pin", "****").containsEntry("rounds", 3);
        given.updated(plain()).configure("acme", "reports", Map.of("pin", 5));
        assertThat(given.orders.find("acme", "reports").config()).isEqualTo(Map.of("pin", "****", "apiKey", "****"));
        assertThat(found("pin")).hasToString("5");
        assertThat(given.store.find(ACME, REPORTS).secrets()).isEmpty();
    }

    /** One value for all tenants hides what each of them gave, and does not take it away. */
    @Test
    void countAgainAfterTheyWereTheOperators() {
        ConfigSchema schema = changed(Given.SCHEMA, field -> Given.with(field, field.encrypted(), Scope.CONTAINER));
        ConfigurationOrders next = given.updated(new ConfigSchema(schema.fields(), List.of()));

        assertThat(next.find("acme", "reports").config()).isEmpty();
        assertThat(next.configure("acme", "reports", Map.of()).config()).isEmpty();

        assertThat(given.orders.find("acme", "reports").config())
                .isEqualTo(Map.of("pin", "****", "apiKey", "****", "rounds", 3, "on", true));
    }

    @Test
    void areNamedWhereTheyTakeTheRoom() {
        given.orders.configure("acme", "reports", Map.of("free", "x".repeat(15_000)));
        ConfigurationOrders next = given.updated(schema(List.of(), "currency"));

        assertThatThrownBy(() -> next.configure("acme", "reports", Map.of("currency", "x".repeat(9_000))))
                .hasMessageContaining("are allowed (settings.max-kb in etc/host.properties).")
                .hasMessageContaining("are for fields that only other versions of the plugin declare");
    }

    private ConfigurationOrders both() {
        return given.updated(schema(List.of(Given.SCHEMA.methods().get(0), OTHER), "apiKey", "otherKey"));
    }

    private Object found(String field) {
        Effective effective = new ConfigReader(given.sources, REPORTS, Given.SCHEMA)
                .ofTenant(ACME, Given.SCHEMA.field(field).orElseThrow());
        return ((Found) effective).value();
    }

    private TenantPart part(ConfigSchema schema) {
        return new TenantParts(REPORTS, schema, given.sources, (tenant, stored) -> "").of(ACME);
    }

    /** The fields of before that are named, and texts of other names. */
    private static ConfigSchema schema(List<AuthMethod> methods, String... names) {
        ConfigField model = Given.SCHEMA.field("apiKey").orElseThrow();
        return new ConfigSchema(
                List.of(names).stream()
                        .map(name -> Given.SCHEMA.field(name).orElseGet(() -> named(model, name)))
                        .toList(),
                methods);
    }

    private static ConfigSchema plain() {
        return changed(Given.SCHEMA, field -> Given.with(field, false, field.scope()));
    }

    private static ConfigSchema changed(ConfigSchema schema, UnaryOperator<ConfigField> change) {
        return new ConfigSchema(schema.fields().stream().map(change).toList(), schema.methods());
    }

    private static ConfigField named(ConfigField field, String name) {
        return new ConfigField(
                name,
                field.type(),
                field.label(),
                field.description(),
                field.required(),
                field.fallback(),
                Optional.empty(),
                field.encrypted(),
                field.scope(),
                field.limits());
    }
}
