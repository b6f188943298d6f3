// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.itests.bench.calls.ClassFiles;
import dev.mortise.itests.bench.plugins.AnswerRoutes;
import dev.mortise.itests.bench.plugins.HopRoutes;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The plugins that are measured: a trivial one in a JVM of its own, the same in Node, and one in the container that calls it. */
final class WorkerPlugin {
    private static final String SERVICE = """
            "services": [{"name": "%s.answers", "version": "1.0.0", "endpoints": [
              {"method": "GET", "path": "/answers/{id}"}]}]""";

    private WorkerPlugin() {}

    static void java(Path folder, String id) throws IOException {
        Map<String, byte[]> entries = bundle(id, AnswerRoutes.class, "");
        JarText.put(entries, "plugin.json", json(id, SERVICE.formatted(id), "{\"locations\": [\"worker\"]}"));
        JarText.write(folder.resolve(id + ".jar"), entries);
    }

    static void node(Path folder, String id) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (InputStream program = WorkerPlugin.class.getResourceAsStream("answers.js")) {
            entries.put("worker/answers.js", Objects.requireNonNull(program).readAllBytes());
        }
        String runtime = "{\"locations\": [\"worker\"], \"command\": [\"node\", \"answers.js\"]}";
        JarText.put(entries, "plugin.json", json(id, SERVICE.formatted(id), runtime));
        JarText.write(folder.resolve(id + ".jar"), entries);
    }

    static void caller(Path folder) throws IOException {
        Map<String, byte[]> entries = bundle(
                "hop",
                HopRoutes.class,
                "<reference name=\"client\" interface=\"dev.mortise.api.service.ServiceClient\" parameter=\"0\"/>");
        String api = """
                "services": [{"name": "hop.calls", "version": "1.0.0", "endpoints": [
                   {"method": "GET", "path": "/hop/service/{millis}", "timeoutMs": 300000},
                   {"method": "GET", "path": "/hop/bare/{millis}", "timeoutMs": 300000}]}],
                 "dependencies": [{"pluginId": "back", "serviceName": "back.answers", "version": "^1.0.0"}]""";
        JarText.put(entries, "plugin.json", json("hop", api, "{}"));
        JarText.write(folder.resolve("hop.jar"), entries);
    }

    private static String json(String id, String api, String runtime) {
        return "{\"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.0.0\", \"api\": {%s}, \"runtime\": %s}"
                .formatted(id, id, api, runtime);
    }

    private static Map<String, byte[]> bundle(String id, Class<?> routes, String reference) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: 1.0.0
                Import-Package: dev.mortise.api.call,dev.mortise.api.http,
                 dev.mortise.api.service
                Service-Component: OSGI-INF/routes.xml
                """.formatted(id));
        entries.put("OSGI-INF/routes.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.routes"%s>
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                  %s
                </scr:component>
                """.formatted(
                        id, reference.isEmpty() ? "" : " init=\"1\"", routes.getName(), reference)
                .getBytes(UTF_8));
        ClassFiles.put(entries, "plugins/Answer");
        ClassFiles.put(entries, "plugins/Hop");
        return entries;
    }
}
