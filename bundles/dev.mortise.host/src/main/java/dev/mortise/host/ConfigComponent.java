// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.ConfigOffers;
import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.OperatorFiles;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.Secrets;
import dev.mortise.kernel.port.SettingsStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Gives plugins their settings; who keeps them and who seals them may come and go. */
@Component(
        service = {PluginServices.class, ConfigComponent.class},
        property = "mortise.platform=config",
        configurationPid = "dev.mortise.host")
public final class ConfigComponent implements PluginServices {
    private volatile Optional<SettingsStore> store = Optional.empty();
    private volatile Optional<Secrets> secrets = Optional.empty();

    private final ConfigSources sources;
    private final ConfigOffers offers;

    /** Made by DS. */
    @Activate
    public ConfigComponent(BundleContext context, HostConfig config, @Reference JsonFactory mappers) {
        String home = config.mortise_home().isEmpty()
                ? String.valueOf(context.getProperty("mortise.home"))
                : config.mortise_home();
        OperatorFiles files = new OperatorFiles(Path.of(home).resolve("etc"), System.getenv());
        this.sources = new ConfigSources(() -> store, () -> secrets, mappers.strict(), files);
        this.offers = new ConfigOffers(sources, mappers);
    }

    ConfigSources sources() {
        return sources;
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        return offers.forPlugin(scope);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStore(SettingsStore service) {
        store = Optional.of(service);
    }

    void unbindStore(SettingsStore service) {
        store = store.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSecrets(Secrets service) {
        secrets = Optional.of(service);
    }

    void unbindSecrets(Secrets service) {
        secrets = secrets.filter(present -> present != service);
    }
}
