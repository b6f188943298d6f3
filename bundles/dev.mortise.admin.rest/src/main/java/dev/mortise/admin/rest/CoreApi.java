// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the core says of its own API, from {@code openapi.json} beside this class.
 *
 * @param document an OpenAPI document as JSON
 */
record CoreApi(Map<String, Object> document) {
    private static final String RESOURCE = "openapi.json";
    private static final String PERMISSIONS = "x-mortise-permissions";
    private static final String ADMIN = "mortise.admin";

    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    static CoreApi read(Json json) {
        try (InputStream text = CoreApi.class.getResourceAsStream(RESOURCE)) {
            if (text == null) {
                throw new IllegalStateException("The bundle has no " + RESOURCE + ".");
            }
            return new CoreApi(json.read(new String(text.readAllBytes(), StandardCharsets.UTF_8), Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException("The core's API can't be read.", e);
        }
    }

    /** Answers what is left for those who are no administrators. */
    CoreApi withoutAdministration() {
        Map<String, Object> paths = new LinkedHashMap<>();
        members("paths").forEach((path, item) -> {
            Map<String, Object> rest = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((method, operation) -> {
                if (!administrative(operation)) {
                    rest.put(String.valueOf(method), operation);
                }
            });
            if (!rest.isEmpty()) {
                paths.put(path, rest);
            }
        });
        Map<String, Object> less = new LinkedHashMap<>(document);
        less.put("paths", paths);
        return new CoreApi(less);
    }

    private static boolean administrative(Object operation) {
        return operation instanceof Map<?, ?> members
                && members.get(PERMISSIONS) instanceof List<?> permissions
                && permissions.contains(ADMIN);
    }

    /** Answers an object of the document. */
    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    Map<String, Object> members(String key) {
        return (Map<String, Object>) document.getOrDefault(key, Map.of());
    }
}
