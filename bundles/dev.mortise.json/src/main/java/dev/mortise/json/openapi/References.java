// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Leads references to components of a document to the names that these have beside those of others. */
final class References {
    private static final Pattern COMPONENT = Pattern.compile("#/components/([A-Za-z]+)/([A-Za-z0-9._-]+)((?:/.*)?)");
    private static final String SCHEMAS = "#/components/schemas/";

    private final PluginId plugin;
    private final Map<String, Object> document;

    References(PluginId plugin, Map<String, Object> document) {
        this.plugin = plugin;
        this.document = document;
    }

    /** Answers the name of a component or operation among those of all plugins. */
    String named(String name) {
        return plugin + "." + name;
    }

    /** Answers a reference as it is to be; one that leads out of the document, or nowhere in it, is refused. */
    String moved(String reference, String pointer) throws UnusableDocument {
        Matcher component = COMPONENT.matcher(reference);
        if (!component.matches()) {
            throw new UnusableDocument("the reference '" + reference + "' at '" + pointer
                    + "' leads elsewhere than to '#/components/…'. Put what it leads to there");
        }
        if (component.group(1).equals("securitySchemes") || !leadsSomewhere(reference)) {
            throw new UnusableDocument("the reference '" + reference + "' at '" + pointer + "' leads nowhere");
        }
        return "#/components/" + component.group(1) + "/" + named(component.group(2)) + component.group(3);
    }

    /** Answers what a value of a discriminator's mapping is to be: a reference, or the name of a schema. */
    String movedSchema(String value, String pointer) throws UnusableDocument {
        return value.contains("/") || value.contains("#") || value.contains(":")
                ? moved(value, pointer)
                : moved(SCHEMAS + value, pointer);
    }

    private boolean leadsSomewhere(String reference) {
        @Nullable Object place = document;
        for (String step : reference.substring(2).split("/", -1)) {
            place = step(place, step.replace("~1", "/").replace("~0", "~"));
        }
        return place != null;
    }

    private static @Nullable Object step(@Nullable Object place, String key) {
        if (place instanceof List<?> list && key.matches("\\d{1,6}") && Integer.parseInt(key) < list.size()) {
            return list.get(Integer.parseInt(key));
        }
        return place instanceof Map<?, ?> map ? map.get(key) : null;
    }
}
