// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.OperatorFiles;
import dev.mortise.host.config.SettingsLimit;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.Secrets;
import dev.mortise.kernel.port.SettingsStore;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Finds settings and credentials of plugins; who keeps them and who seals them may come and go. */
@Component(service = ConfigComponent.class, configurationPid = "dev.mortise.host")
public final class ConfigComponent {
    private volatile Optional<OAuthStore> tokens = Optional.empty();
    private volatile Optional<SettingsStore> store = Optional.empty();
    private volatile SettingsStore.Listener listener = SettingsStore.Listener.NOBODY;
    private volatile Optional<Secrets> secrets = Optional.empty();

    private final SettingsLimit limit;
    private final ConfigSources sources;

    /** Made by DS. */
    @Activate
    public ConfigComponent(BundleContext context, HostConfig config, @Reference JsonFactory mappers) {
        String home = config.mortise_home().isEmpty()
                ? String.valueOf(context.getProperty("mortise.home"))
                : config.mortise_home();
        OperatorFiles files = new OperatorFiles(Path.of(home).resolve("etc"), System.getenv());
        this.limit = new SettingsLimit(config.settings_max$_$kb() << 10);
        this.sources = new ConfigSources(() -> store, () -> tokens, () -> secrets, mappers.exact(), files, limit);
    }

    /** Counts no more. */
    @Deactivate
    void deactivate() {
        limit.close();
    }

    /** Lets somebody hear what other nodes keep. */
    void hear(SettingsStore.Listener newListener) {
        listener = newListener;
        store.ifPresent(present -> present.listen(newListener));
    }

    ConfigSources sources() {
        return sources;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStore(SettingsStore service) {
        store = Optional.of(service);
        service.listen(listener);
    }

    void unbindStore(SettingsStore service) {
        service.listen(SettingsStore.Listener.NOBODY);
        store = store.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindTokens(OAuthStore service) {
        tokens = Optional.of(service);
    }

    void unbindTokens(OAuthStore service) {
        tokens = tokens.filter(present -> present != service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters service) {
        limit.use(service);
    }

    void unbindMeters(Meters service) {
        limit.leave(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSecrets(Secrets service) {
        secrets = Optional.of(service);
    }

    void unbindSecrets(Secrets service) {
        secrets = secrets.filter(present -> present != service);
    }
}
