// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.config.ConfigurationOrders;
import dev.mortise.host.oauth.ConnectionOrders;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.kernel.port.SettingsStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the settings and connections of plugins to the surfaces. */
@Component(configurationPid = "dev.mortise.host")
public final class ConfigurationsComponent implements Configurations, Connections {
    /** Hooks end by themselves in their time, once they run; they may wait for others of the same plugin before. */
    private static final Duration QUEUE = Duration.ofSeconds(2);

    private final ConfigComponent settings;
    private final Configurations configurations;
    private final Connections connections;

    /** Made by DS. */
    @Activate
    public ConfigurationsComponent(
            HostConfig config,
            @Reference HostState state,
            @Reference ConfigComponent settings,
            @Reference OAuthComponent tokens) {
        int hook = Math.max(config.tenant$_$auth_deadline$_$s(), config.tenant$_$notice_deadline$_$s());
        TenantNotices tenancy = new TenantNotices(state.tenancy(), QUEUE.plusSeconds(hook));
        Clock clock = Clock.systemUTC();
        ConfigurationOrders orders = new ConfigurationOrders(settings.sources(), tenancy, clock);
        this.configurations = orders;
        this.settings = settings;
        settings.hear(orders::keptElsewhere);
        this.connections = new ConnectionOrders(settings.sources(), orders, tenancy, tokens.client(), clock);
    }

    /** Hears of nothing more. */
    @Deactivate
    void stop() {
        settings.hear(SettingsStore.Listener.NOBODY);
    }

    @Override
    public Configuration find(String tenant, String plugin) {
        return configurations.find(tenant, plugin);
    }

    @Override
    public Configuration configure(String tenant, String plugin, Map<String, ?> values) {
        return configurations.configure(tenant, plugin, values);
    }

    @Override
    public Configuration set(String tenant, String plugin, String field, Optional<String> text) {
        return configurations.set(tenant, plugin, field, text);
    }

    @Override
    public Configuration authenticate(String tenant, String plugin, String methodId, Map<String, ?> credentials) {
        return configurations.authenticate(tenant, plugin, methodId, credentials);
    }

    @Override
    public AuthVerdict validateAuth(String tenant, String plugin) {
        return configurations.validateAuth(tenant, plugin);
    }

    @Override
    public Begun begin(
            String tenant, String plugin, Optional<String> methodId, Optional<String> redirectUri, String caller) {
        return connections.begin(tenant, plugin, methodId, redirectUri, caller);
    }

    @Override
    public Configuration complete(String tenant, String plugin, Returned returned, String caller) {
        return connections.complete(tenant, plugin, returned, caller);
    }

    @Override
    public Ended disconnect(String tenant, String plugin) {
        return connections.disconnect(tenant, plugin);
    }
}
