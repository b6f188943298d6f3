// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.AuthContributions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the contributions of every plugin that serves, ordered by plugin id; a request sees one state of them. */
@Component(
        service = {AuthContributions.class, CopyOnWriteContributions.class},
        configurationPid = SecurityConfig.PID)
public final class CopyOnWriteContributions implements AuthContributions {
    private static final Logger LOG = LoggerFactory.getLogger(CopyOnWriteContributions.class);

    /** Changed by configuration; holds for versions that are put later. */
    private volatile Limits limits;

    /** Written under this object's monitor, read without it. */
    private volatile List<Contribution> current = List.of();

    private volatile Set<PluginId> expected = Set.of();

    /** Made by DS. */
    @Activate
    public CopyOnWriteContributions(SecurityConfig config) {
        this(Limits.of(config));
    }

    CopyOnWriteContributions(Limits limits) {
        this.limits = limits;
    }

    @Modified
    void modified(SecurityConfig config) {
        limits = Limits.of(config);
    }

    List<Contribution> current() {
        return current;
    }

    @Override
    public void put(PluginIdentity plugin, List<Authenticator> authenticators, List<Authorizer> authorizers) {
        Optional<Contribution> made = contribution(plugin, authenticators, authorizers);
        swap(plugin.id(), made).ifPresent(old -> old.guard().close());
        made.ifPresent(contribution -> LOG.info(
                "plugin={} authenticators={} authorizers={} are asked",
                plugin,
                authenticators.size(),
                authorizers.size()));
    }

    @Override
    public void remove(PluginIdentity plugin) {
        take(plugin).ifPresent(old -> {
            old.guard().close();
            LOG.info("plugin={} is not asked for authentication any more", plugin);
        });
    }

    @Override
    public void expect(Set<PluginId> plugins) {
        expected = Set.copyOf(plugins);
    }

    /** Answers the plugins that judge credentials when they serve, and do not serve now. */
    Set<PluginId> expected() {
        return expected;
    }

    @Deactivate
    synchronized void close() {
        List<Contribution> last = current;
        // whoever asks meanwhile must not find what only answers that it is retired
        current = List.of();
        last.forEach(contribution -> contribution.guard().close());
    }

    private Optional<Contribution> contribution(
            PluginIdentity plugin, List<Authenticator> authenticators, List<Authorizer> authorizers) {
        return Stream.concat(authenticators.stream(), authorizers.stream())
                .findFirst()
                .map(any -> new PluginGuard(plugin, any.getClass().getClassLoader(), limits))
                .map(guard -> new Contribution(plugin, authenticators, authorizers, guard));
    }

    private synchronized Optional<Contribution> take(PluginIdentity plugin) {
        boolean here = current.stream().anyMatch(c -> c.plugin().equals(plugin));
        return here ? swap(plugin.id(), Optional.empty()) : Optional.empty();
    }

    private synchronized Optional<Contribution> swap(PluginId id, Optional<Contribution> next) {
        Map<PluginId, Contribution> sorted = new TreeMap<>();
        current.forEach(contribution -> sorted.put(contribution.plugin().id(), contribution));
        Optional<Contribution> old = Optional.ofNullable(sorted.remove(id));
        next.ifPresent(contribution -> sorted.put(id, contribution));
        current = List.copyOf(sorted.values());
        return old;
    }
}
