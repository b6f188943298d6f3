// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.AuthMethod.Client;
import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.Endpoints;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.port.ManifestReader.Result;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigManifestTest {
    private final SchemaManifestReader reader = new SchemaManifestReader();

    @Test
    void readsFieldsWithAllThatTheySay() {
        ConfigField field = config("""
                {"rounds": {"type": "integer", "label": "Rounds", "description": "How many", "required": true, "default": 3,
                  "env": "ROUNDS", "encrypted": true, "scope": "container", "min": 1, "max": 10, "options": [1, 3, 10]}}""").fields().get(0);

        assertThat(field)
                .isEqualTo(new ConfigField(
                        "rounds",
                        ConfigField.Type.INTEGER,
                        "Rounds",
                        "How many",
                        true,
                        Optional.of(3),
                        Optional.of("ROUNDS"),
                        true,
                        Scope.CONTAINER,
                        new Limits(
                                Optional.empty(),
                                Optional.of(BigDecimal.ONE),
                                Optional.of(BigDecimal.TEN),
                                List.of(1, 3, 10))));
    }

    @Test
    void takesTextOfTheTenantThatMayBeAbsentForAFieldThatSaysNothing() {
        assertThat(config("{\"free\": {}}").fields())
                .containsExactly(new ConfigField(
                        "free",
                        ConfigField.Type.STRING,
                        "free",
                        "",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Scope.TENANT,
                        Limits.NONE));
    }

    @Test
    void readsAuthMethodsAndKnowsWhoseCredentialsAFieldHolds() {
        ConfigSchema schema = config("""
                {"key": {}, "client": {"scope": "container"}, "secret": {}, "plain": {}}, "auth": [
                 {"id": "k", "type": "apiKey", "label": "Key", "configField": "key"},
                 {"id": "o", "type": "oauth2", "authorizationUrl": "https://id.example.org/a", "scopes": ["read"],
                  "tokenUrl": "https://id.example.org/t", "clientId": "client", "clientSecret": "secret",
                  "revocationUrl": "https://id.example.org/r", "clientAuthentication": "post"}]""");

        assertThat(schema.methods())
                .containsExactly(
                        new ApiKey("k", "Key", "key"),
                        new OAuth2(
                                "o",
                                "o",
                                new Endpoints(
                                        "https://id.example.org/a",
                                        "https://id.example.org/t",
                                        Optional.of("https://id.example.org/r")),
                                List.of("read"),
                                new Client("client", "secret", ClientAuthentication.POST)));
        assertThat(schema.fields().stream().filter(schema::credential).map(ConfigField::name))
                .containsExactly("key", "secret");
        assertThat(schema.fields().stream().filter(schema::secret).map(ConfigField::name))
                .containsExactly("key", "client", "secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"integer\",\"default\":3,\"min\":4} | /config/f/default | is below 4",
                "{\"type\":\"integer\",\"default\":3,\"max\":2} | /config/f/default | is above 2",
                "{\"default\":\"eur\",\"pattern\":\"[A-Z]+\"} | /config/f/default | does not match '[A-Z]+'",
                "{\"default\":\"c\",\"options\":[\"a\",\"b\"]} | /config/f/default | is none of a, b",
                "{\"options\":[\"a\",1]} | /config/f/options/1 | is a number, but a text is expected",
                "{\"pattern\":\"[\"} | /config/f/pattern | is no expression: Unclosed character class at character 0",
                "{\"type\":\"number\",\"pattern\":\"a\"} | /config/f/pattern | is for fields of type string",
                "{\"min\":1} | /config/f/min | is for fields of type number and integer",
                "{\"type\":\"number\",\"min\":2,\"max\":1} | /config/f/max | is below 'min'",
            })
    void refusesFieldsThatContradictThemselves(String field, String pointer, String wrong) {
        assertThat(problems("{\"f\":" + field + "}"))
                .extracting(ManifestProblem::pointer, ManifestProblem::message)
                .contains(tuple(pointer, "'" + pointer + "' " + wrong + "."));
    }

    @Test
    void refusesAKeyThatAllTenantsShare() {
        List<ManifestProblem> problems = problems("""
                {"key": {"scope": "container"}}, "auth": [{"id": "k", "type": "apiKey", "configField": "key"}]""");

        assertThat(problems)
                .extracting(ManifestProblem::message)
                .containsExactly("'/auth/0/configField' names 'key', which is of scope container.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://id.example.org/t", "http://127.0.0.1.example.org/t", "http://[::2]/t", "https:///t"})
    void refusesAddressesWhereSecretsWouldBeSeen(String url) {
        List<ManifestProblem> problems = problems("""
                {"id": {}, "secret": {}}, "auth": [{"id": "o", "type": "oauth2", "authorizationUrl": "https://a.org",
                 "tokenUrl": "%s", "clientId": "id", "clientSecret": "secret"}]""".formatted(url));

        assertThat(problems).extracting(ManifestProblem::pointer).containsExactly("/auth/0/tokenUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/t", "http://localhost/t?a=b", "http://[::1]:1/t", "https://x.org"})
    void takesAddressesWhereNobodyListens(String url) {
        assertThat(config("""
                {"id": {}, "secret": {}}, "auth": [{"id": "o", "type": "oauth2", "authorizationUrl": "https://a.org",
                 "tokenUrl": "%s", "clientId": "id", "clientSecret": "secret"}]""".formatted(url)).methods()).hasSize(1);
    }

    private ConfigSchema config(String config) {
        Result result = read(config);
        assertThat(result).isInstanceOf(Result.Valid.class);
        return ((Result.Valid) result).manifest().config();
    }

    private List<ManifestProblem> problems(String config) {
        return ((Result.Invalid) read(config)).problems();
    }

    private Result read(String config) {
        String text = "{\"id\":\"reports\",\"name\":\"Reports\",\"version\":\"1.0.0\",\"config\":" + config + "}";
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
