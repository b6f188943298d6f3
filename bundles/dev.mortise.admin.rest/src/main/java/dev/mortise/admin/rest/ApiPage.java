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
    /** Tenants with other plugins see other documents; so many of the last ones are kept. */
    private static final int DOCUMENTS = 8;

    private final CoreApi core;
    private final Json json;
    // By revision, which is never used twice; the monitor of the map guards it.
    private final Map<Long, Content> last = new LinkedHashMap<>(DOCUMENTS, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Content> eldest) {
            return size() > DOCUMENTS;
        }
    };

    ApiPage(CoreApi core, Json json) {
        this.core = core;
        this.json = json;
    }

    /** Answers the document with these plugins. */
    Content with(Apis plugins) throws IOException {
        Content known = kept(plugins.revision());
        return known == null ? keep(plugins.revision(), written(plugins)) : known;
    }

    private @Nullable Content kept(long revision) {
        synchronized (last) {
            return last.get(revision);
        }
    }

    private Content keep(long revision, Content content) {
        synchronized (last) {
            last.put(revision, content);
        }
        return content;
    }

    private Content written(Apis plugins) throws IOException {
        return Content.of("application/json", json.write(merged(plugins)));
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
