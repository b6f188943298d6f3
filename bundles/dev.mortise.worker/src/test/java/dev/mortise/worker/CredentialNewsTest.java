// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.plugin.PlainPlugin;
import dev.mortise.worker.plugin.RunningPlugin;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant is connected by OAuth 2.0, and its tokens do not last. */
final class CredentialNewsTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Given given = new Given(
            new Given.State("c-1", List.of(SignedToken.KEY), Optional.empty(), Map.of("acme", token("first"))));
    private Worker worker;

    /** Writes down what it hears. */
    private record Hooks(List<String> heard) implements PluginLifecycle {
        @Override
        public void configUpdated(TenantId tenant) {
            heard.add("configUpdated " + tenant.value());
        }

        @Override
        public void connected(TenantId tenant) {
            heard.add("connected " + tenant.value());
        }
    }

    private record Source(PluginManifest manifest, List<String> heard) implements PluginSource {
        @Override
        public RunningPlugin start(List<Offer<?>> offers) {
            return new PlainPlugin(manifest, new Hooks(heard));
        }
    }

    private static TenantPart token(String text) {
        return new TenantPart(Map.of(), Optional.of(new Auth("oauth", Map.of("accessToken", text))));
    }

    @BeforeEach
    void start() throws Exception {
        worker = new Startup(new Source(plugin("hello").manifest(), heard), Map.of(), given)
                .start(
                        Startup.listen("127.0.0.1", 0),
                        new CoreClient(URI.create("http://127.0.0.1:9"), () -> ""),
                        new MemorySharedDataStore(Clock.systemUTC()),
                        Duration.ofSeconds(1));
        worker.begin(Optional.of(() -> given.now().hopKeys()));
    }

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void aRenewalIsNoNewsToThePlugin() {
        gives(token("second"));
        worker.changed(Set.of());

        assertThat(heard).isEmpty();
        assertThat(given.tenant("acme")).contains(token("second"));
    }

    @Test
    void anotherConnectionIsToldThoughItsTokenCameBeforeTheNews() {
        gives(token("second"));
        worker.changed(Set.of());
        worker.changed(Set.of("acme"));

        assertThat(heard).containsExactly("connected acme");
    }

    @Test
    void credentialsThatWereTakenBackAreToldAsAChange() {
        gives(new TenantPart(Map.of(), Optional.empty()));
        worker.changed(Set.of());

        assertThat(heard).containsExactly("configUpdated acme");
    }

    private void gives(TenantPart part) {
        given.change(before ->
                new Given.State(before.credential(), before.hopKeys(), before.database(), Map.of("acme", part)));
    }
}
