// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.api.http.RouteProvider;
import dev.mortise.itests.bench.plugins.AnswerRoutes;
import dev.mortise.itests.bench.plugins.AnswersNobody;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin with ten routes, of which one is the endpoint of a service.
 *
 * @param limited whether the service declares a rate, one that is never reached
 * @param routes its code
 */
record CalledPlugin(String id, boolean limited, Class<? extends RouteProvider> routes) {
    CalledPlugin(String id, boolean limited) {
        this(id, limited, AnswerRoutes.class);
    }

    /** Makes one that answers nobody. */
    static CalledPlugin hanging(String id) {
        return new CalledPlugin(id, false, AnswersNobody.class);
    }

    /** Answers the address of the endpoint. */
    static String path(String id) {
        return "/api/v1/p/" + id + "/answers/7";
    }

    Path write(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", PluginText.manifest(id, ".", ""));
        JarText.put(entries, "plugin.json", json());
        JarText.put(entries, "OSGI-INF/routes.xml", PluginText.component(id, routes, false));
        ClassFiles.put(entries, "plugins/Answer");
        return JarText.write(folder.resolve(id + ".jar"), entries);
    }

    private String json() {
        return """
                {"id": "%s", "name": "%s", "version": "1.0.0", "api": {"services": [
                  {"name": "%s.answers", "version": "1.0.0"%s, "endpoints": [
                    {"method": "GET", "path": "/answers/{id}", "permissions": ["plugin.%s.read"]}]}]}}
                """.formatted(id, id, id, limited ? ", \"metadata\": {\"rateLimit\": 1000000}" : "", id);
    }
}
