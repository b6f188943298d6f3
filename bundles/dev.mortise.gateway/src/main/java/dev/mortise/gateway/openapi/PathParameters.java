// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.model.ApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters in the paths of a document: all must be declared. */
final class PathParameters {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^/{}]*)}");
    private static final String COMPONENT = "#/components/parameters/";

    private final Map<String, Object> components;

    PathParameters(Optional<ApiDocument> document) {
        this.components = document.map(ApiDocument::components)
                .map(all -> all.get("parameters"))
                .orElseGet(Map::of);
    }

    /** Answers the path with every parameter as {@code {}}, the mount itself as nothing. */
    static String shape(String path) {
        return path.equals("/") ? "" : PARAMETER.matcher(path).replaceAll("{}");
    }

    /** Answers the parameters of an operation with those of its path that neither it nor its path item declares. */
    List<Object> complete(String path, Map<String, Object> item, Map<String, Object> operation) {
        List<Object> own = new ArrayList<>(list(operation.get("parameters")));
        List<Object> all = new ArrayList<>(own);
        all.addAll(list(item.get("parameters")));
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (all.stream().noneMatch(parameter -> declares(parameter, name))) {
                own.add(Map.of("name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
            }
        }
        return own;
    }

    private boolean declares(Object parameter, String name) {
        if (!(parameter instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.get("$ref") instanceof String reference) {
            String component = reference.startsWith(COMPONENT) ? reference.substring(COMPONENT.length()) : "";
            return components.get(component) instanceof Map<?, ?> other && names(other, name);
        }
        return names(map, name);
    }

    private static boolean names(Map<?, ?> parameter, String name) {
        return name.equals(parameter.get("name")) && "path".equals(parameter.get("in"));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
