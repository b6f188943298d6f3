// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

/** The texts that every plugin has. */
final class PluginText {
    private PluginText() {}

    static String manifest(String id, String classPath, String moreImports) {
        return """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: 1.0.0
                Bundle-ClassPath: %s
                Import-Package: dev.mortise.api.call,dev.mortise.api.http,
                 dev.mortise.api.service%s
                Service-Component: OSGI-INF/routes.xml
                """.formatted(id, wrapped(classPath), wrapped(moreImports));
    }

    /** A line of a manifest has at most 72 bytes; the next one begins with a space. */
    private static String wrapped(String value) {
        return value.replace(",", "\n ,");
    }

    static String component(String id, Class<?> code, boolean calls) {
        String client =
                "<reference name=\"client\" interface=\"dev.mortise.api.service.ServiceClient\" parameter=\"0\"/>";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.routes"%s>
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                  %s
                </scr:component>
                """.formatted(id, calls ? " init=\"1\"" : "", code.getName(), calls ? client : "");
    }
}
