// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Registry.Registration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.ManifestReader.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an instance says of itself when it registers.
 *
 * @param version of the service, or of the plugin where no service is named
 */
record Announcement(
        Optional<PluginManifest> manifest,
        Optional<String> plugin,
        Optional<String> serviceName,
        Optional<String> version,
        String baseUrl,
        Optional<String> node,
        boolean poll,
        Optional<String> tenant) {
    private static final String[] FIELDS = {
        "manifest", "pluginId", "serviceName", "version", "baseUrl", "node", "health", "tenantId"
    };
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Reads the body of a request, or refuses it with everything that is wrong with it. */
    static Announcement read(Request request, Json json, ManifestReader manifests) throws IOException {
        Fields fields = Fields.of(request, json, FIELDS);
        Optional<PluginManifest> manifest =
                fields.object("manifest").flatMap(text -> manifest(fields, manifests, text));
        Announcement announcement = new Announcement(
                manifest,
                plugin(fields, manifest),
                fields.text("serviceName", ServiceName::valid, "a service name such as inventory.products"),
                fields.text("version", Version::valid, "a semantic version such as 1.2.3"),
                fields.text("baseUrl").orElse(""),
                fields.text("node", name -> NODE.matcher(name).matches(), "the name of a machine"),
                fields.text("health", Set.of("push", "poll")::contains, "push or poll")
                        .equals(Optional.of("poll")),
                fields.text("tenantId"));
        announcement.compare(fields);
        fields.check();
        return announcement;
    }

    Registration order(String announcer, String pluginId, Optional<String> tenantId) {
        return new Registration(announcer, pluginId, manifest, serviceName, version, baseUrl, node, poll, tenantId);
    }

    private static Optional<PluginManifest> manifest(Fields fields, ManifestReader manifests, String text) {
        Result result = manifests.read(text.getBytes(StandardCharsets.UTF_8));
        if (result instanceof Result.Valid valid) {
            return Optional.of(valid.manifest());
        }
        for (ManifestProblem problem : ((Result.Invalid) result).problems()) {
            fields.add(problem.code().name(), "/manifest" + problem.pointer(), problem.message(), problem.remedy());
        }
        return Optional.empty();
    }

    private static Optional<String> plugin(Fields fields, Optional<PluginManifest> manifest) {
        Optional<String> named = fields.text("pluginId", PluginId::valid, "a plugin id such as inventory");
        Optional<String> inManifest = manifest.map(known -> known.id().value());
        if (named.isPresent() && inManifest.isPresent() && !named.equals(inManifest)) {
            fields.problem(
                    "/pluginId",
                    "'pluginId' is '%s', but the manifest is that of plugin '%s'."
                            .formatted(named.get(), inManifest.get()),
                    "Leave it out.");
        }
        return inManifest.or(() -> named);
    }

    /** Compares what the fields say with each other. */
    private void compare(Fields fields) {
        if (!fields.has("baseUrl")) {
            fields.missing("baseUrl", "It says where the instance is called, such as http://10.0.0.7:9000.");
        }
        manifest.ifPresent(known -> serviceName.ifPresentOrElse(
                name -> declared(known, name, fields),
                () -> is(known.version(), "plugin '" + known.id() + "'", fields)));
    }

    private void declared(PluginManifest known, String name, Fields fields) {
        Optional<ServiceDeclaration> service = known.services().stream()
                .filter(declared -> declared.name().value().equals(name))
                .findFirst();
        if (service.isEmpty()) {
            fields.problem(
                    "/serviceName",
                    "'%s' is no service of the manifest of plugin '%s'.".formatted(name, known.id()),
                    "Name one that it declares.");
            return;
        }
        is(service.get().version(), "'" + name + "'", fields);
    }

    private void is(Version declared, String what, Fields fields) {
        version.filter(text -> !text.equals(declared.text()))
                .ifPresent(text -> fields.problem(
                        "/version",
                        "'version' is %s, but the manifest has %s %s.".formatted(text, what, declared),
                        "Leave it out."));
    }
}
