// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.PluginApis.Apis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole API as it is shown to some of the callers, written once for each state of the plugins. */
final class ApiPage {
    private final CoreApi core;
    private final Json json;
    private volatile @Nullable Written last;

    ApiPage(CoreApi core, Json json) {
        this.core = core;
        this.json = json;
    }

    private record Written(long revision, Content content) {}

    /** Answers the document with these plugins. */
    Content with(Apis plugins) throws IOException {
        if (plugins.revision() == 0) {
            return written(plugins).content;
        }
        Written known = last;
        if (known == null || known.revision != plugins.revision()) {
            known = written(plugins);
            last = known;
        }
        return known.content;
    }

    private Written written(Apis plugins) throws IOException {
        return new Written(plugins.revision(), Content.of("application/json", json.write(merged(plugins))));
    }

    private Map<String, Object> merged(Apis plugins) {
        Map<String, Object> whole = new LinkedHashMap<>(core.document());
        List<Object> tags = new ArrayList<>((List<?>) core.document().getOrDefault("tags", List.of()));
        tags.addAll(plugins.tags());
        whole.put("tags", tags);
        whole.put("paths", joined(core.members("paths"), plugins.paths()));
        Map<String, Object> components = new LinkedHashMap<>(core.members("components"));
        plugins.components().forEach((kind, named) -> components.merge(kind, named, ApiPage::joined));
        whole.put("components", components);
        return whole;
    }

    private static Map<Object, Object> joined(Object some, Object more) {
        Map<Object, Object> all = new LinkedHashMap<>((Map<?, ?>) some);
        all.putAll((Map<?, ?>) more);
        return all;
    }
}
