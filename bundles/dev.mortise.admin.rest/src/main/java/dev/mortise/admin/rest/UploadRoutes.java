// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes a plugin's jar in; it lands in the watched folder and is handled like any other file there. */
@Component(property = "mortise.core:Boolean=true")
public final class UploadRoutes implements RouteProvider {
    private static final String JAR = "application/java-archive";

    private final Plugins plugins;
    private final Json lenient;
    private final ChangeAnswer changes;

    /** Made by DS. */
    @Activate
    public UploadRoutes(@Reference Plugins plugins, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.lenient = mappers.lenient();
        this.changes = new ChangeAnswer(mappers.strict());
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/v1/plugins", this::install));
    }

    private Response install(Request request) throws IOException {
        Query.of(request);
        requireJar(request);
        try (JarUpload upload = JarUpload.receive(request.body())) {
            JarUpload.Named named = upload.named(lenient);
            try (InputStream jar = upload.open()) {
                return changes.of(plugins.install(named.fileName(), jar), named.id());
            }
        }
    }

    private static void requireJar(Request request) {
        String type = request.headers().first("Content-Type").orElse("nothing");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JAR)) {
            throw new MortiseException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "A plugin is sent as " + JAR + ", not as " + type + ". multipart/form-data is not taken yet.");
        }
    }
}
