// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.data.Migration;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.PluginServices.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Short words for plugins in tests. */
final class Plugins {
    private Plugins() {}

    static PluginIdentity identity(String id) {
        return new PluginIdentity(new PluginId(id), new Version("1.0.0"));
    }

    static Scope scope(String id) {
        return new Scope(manifest(id, Map.of()), new Digest("0".repeat(64)));
    }

    /** A plugin whose namespace is read by these alone. */
    static PluginManifest narrowing(String id, String namespace, Set<String> readers) {
        return manifest(id, Map.of(namespace, readers));
    }

    private static PluginManifest manifest(String id, Map<String, Set<String>> readers) {
        return new PluginManifest(
                new PluginId(id),
                id,
                new Version("1.0.0"),
                "",
                new VersionRange(">=1.0.0"),
                List.of(),
                List.of(),
                RuntimeDeclaration.DEFAULT,
                readers,
                ConfigSchema.NONE,
                "{}");
    }

    /** Runs a task as a call for the tenant, or for none when it is empty. */
    static <T> T callFor(String tenant, Callable<T> task) throws Exception {
        Optional<TenantId> id =
                Optional.of(tenant).filter(text -> !text.isEmpty()).map(TenantId::new);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        return BoundContext.call(
                new Call(id, Identity.ANONYMOUS, Optional.empty(), "r1", Optional.empty(), deadline, 0), task);
    }

    static Migration first(String script) {
        return Migration.expand(1, "create", script);
    }
}
