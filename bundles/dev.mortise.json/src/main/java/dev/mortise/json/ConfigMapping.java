// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.AuthMethod.Client;
import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.Endpoints;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns {@code config} and {@code auth} into values; what has the wrong kind is taken for what is not there. */
final class ConfigMapping {
    private ConfigMapping() {}

    static ConfigSchema of(JsonNode manifest) {
        List<ConfigField> fields = new ArrayList<>();
        manifest.path("config").properties().forEach(entry -> fields.add(field(entry.getKey(), entry.getValue())));
        List<AuthMethod> methods = new ArrayList<>();
        manifest.path("auth").forEach(method -> methods.add(method(method)));
        return new ConfigSchema(fields, methods);
    }

    static ConfigField field(String name, JsonNode json) {
        String type = json.path("type").asText("string");
        return new ConfigField(
                name,
                Arrays.stream(ConfigField.Type.values())
                        .filter(known -> known.text().equals(type))
                        .findFirst()
                        .orElse(ConfigField.Type.JSON),
                json.path("label").asText(name),
                json.path("description").asText(""),
                json.path("required").asBoolean(false),
                Optional.ofNullable(value(json.path("default"))),
                text(json.path("env")),
                json.path("encrypted").asBoolean(false),
                json.path("scope").asText("").equals("container") ? Scope.CONTAINER : Scope.TENANT,
                new Limits(
                        text(json.path("pattern")),
                        number(json.path("min")),
                        number(json.path("max")),
                        options(json.path("options"))));
    }

    private static AuthMethod method(JsonNode json) {
        String id = json.path("id").asText();
        String label = json.path("label").asText(id);
        if (json.path("type").asText("").equals("apiKey")) {
            return new ApiKey(id, label, json.path("configField").asText());
        }
        List<String> scopes = new ArrayList<>();
        json.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return new OAuth2(
                id,
                label,
                new Endpoints(
                        json.path("authorizationUrl").asText(),
                        json.path("tokenUrl").asText(),
                        text(json.path("revocationUrl"))),
                scopes,
                client(json));
    }

    private static Client client(JsonNode json) {
        String way = json.path("clientAuthentication").asText("");
        return new Client(
                json.path("clientId").asText(),
                json.path("clientSecret").asText(),
                way.equals(ClientAuthentication.POST.text()) ? ClientAuthentication.POST : ClientAuthentication.BASIC);
    }

    private static List<Object> options(JsonNode json) {
        List<Object> options = new ArrayList<>();
        for (JsonNode option : json) {
            Object value = value(option);
            if (value != null) {
                options.add(value);
            }
        }
        return options;
    }

    /** Answers what JSON says as plain values of Java; null for null and for what is not there. */
    static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> json.asText();
            case NUMBER -> json.numberValue();
            case BOOLEAN -> json.asBoolean();
            case ARRAY -> list(json);
            case OBJECT -> map(json);
            default -> null;
        };
    }

    private static List<@Nullable Object> list(JsonNode json) {
        List<@Nullable Object> values = new ArrayList<>();
        json.forEach(element -> values.add(value(element)));
        return values;
    }

    private static Map<String, @Nullable Object> map(JsonNode json) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        json.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static Optional<String> text(JsonNode json) {
        return json.isTextual() ? Optional.of(json.asText()) : Optional.empty();
    }

    private static Optional<BigDecimal> number(JsonNode json) {
        return json.isNumber() ? Optional.of(json.decimalValue()) : Optional.empty();
    }
}
