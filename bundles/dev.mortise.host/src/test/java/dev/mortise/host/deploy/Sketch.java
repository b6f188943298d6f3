// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes a plugin. */
record Sketch(
        String id,
        String version,
        List<ServiceDeclaration> services,
        List<Dependency> needs,
        String content,
        boolean coexist) {
    static Sketch plugin(String id, String version) {
        return new Sketch(id, version, List.of(), List.of(), "", false);
    }

    Sketch coexists() {
        return new Sketch(id, version, services, needs, content, true);
    }

    Sketch offers(String service, String serviceVersion) {
        List<ServiceDeclaration> more = new ArrayList<>(services);
        more.add(
                new ServiceDeclaration(new ServiceName(service), new Version(serviceVersion), "", List.of(), Map.of()));
        return new Sketch(id, version, more, needs, content, coexist);
    }

    Sketch needs(String service, String range) {
        return needs(service, range, true);
    }

    Sketch needs(String service, String range, boolean required) {
        List<Dependency> more = new ArrayList<>(needs);
        String owner = service.substring(0, service.indexOf('.'));
        more.add(new Dependency(new PluginId(owner), new ServiceName(service), new VersionRange(range), required, ""));
        return new Sketch(id, version, services, more, content, coexist);
    }

    Sketch with(String bytes) {
        return new Sketch(id, version, services, needs, bytes, coexist);
    }

    Artifact artifact() {
        PluginManifest manifest = new PluginManifest(
                new PluginId(id),
                id,
                new Version(version),
                "",
                new VersionRange("*"),
                services,
                needs,
                RuntimeDeclaration.DEFAULT.in(Set.of("bundle", "worker")).coexisting(coexist),
                Map.of(),
                ConfigSchema.NONE,
                "{}");
        int hash = (id + version + services + needs + content + coexist).hashCode();
        return new Artifact(
                new Digest("%08x".formatted(hash).repeat(8)),
                Path.of("pom.xml"),
                manifest,
                List.of(),
                Set.of(),
                List.of());
    }
}
