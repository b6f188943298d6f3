// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.services.BundleHooks;
import dev.mortise.host.services.PluginBundles;
import dev.mortise.host.services.ServiceHooks;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host: begins when the framework has reached the level of plugins and everything is there that plugins see, and ends
 * before anything that plugins see goes.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "dev.mortise.host")
public final class HostComponent {
    private static final Logger LOG = LoggerFactory.getLogger(HostComponent.class);

    private final BundleContext context;
    private final Engine.Needs needs;
    private final Entrances entrances;
    private final FrameworkListener levels = event -> beginIfAllIsThere();
    private final SynchronousBundleListener bundles = this::bundleChanged;
    private final List<ServiceRegistration<?>> hooks;
    // The monitor guards the step from waiting to running to ended.
    private Optional<Engine> engine = Optional.empty();
    private boolean ended;

    /** Makes the host; it begins when it can. */
    @Activate
    public HostComponent(
            BundleContext context,
            HostConfig config,
            @Reference Routing routing,
            @Reference ManifestReader reader,
            @Reference ServiceComponentRuntime components,
            @Reference Platform platform,
            @Reference HostState state,
            @Reference Entrances entrances) {
        this.context = context;
        this.entrances = entrances;
        Settings settings = Settings.of(config, String.valueOf(context.getProperty("mortise.home")));
        this.needs = new Engine.Needs(context, routing, reader, components, platform, state, settings);
        this.hooks = List.of(ServiceHooks.register(context), BundleHooks.register(context));
        context.addFrameworkListener(levels);
        context.addBundleListener(bundles);
        platform.listen(new Platform.Listener() {
            @Override
            public void changed() {
                beginIfAllIsThere();
            }
        });
        beginIfAllIsThere();
    }

    /** Ends the host, in case the framework goes on without it. */
    @Deactivate
    public void deactivate() {
        context.removeFrameworkListener(levels);
        context.removeBundleListener(bundles);
        end();
        hooks.forEach(ServiceRegistration::unregister);
    }

    private synchronized void beginIfAllIsThere() {
        if (engine.isPresent() || ended || !levelOfPluginsIsReached()) {
            return;
        }
        Set<String> missing = needs.platform().missing(awaited());
        if (!missing.isEmpty()) {
            LOG.debug("Plugins wait for {}", missing);
            return;
        }
        try {
            Engine begun = new Engine(needs);
            engine = Optional.of(begun);
            begun.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where there is security, nobody is let in before it can judge who comes. */
    private Set<String> awaited() {
        Set<String> names = new TreeSet<>(needs.settings().platformServices());
        String features = String.valueOf(context.getProperty("mortise.features"));
        if (List.of(features.split(",", -1)).contains("security")) {
            names.add("security");
        }
        return names;
    }

    private boolean levelOfPluginsIsReached() {
        FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
        return level.getStartLevel() >= level.getInitialBundleStartLevel();
    }

    /**
     * The framework stops bundles by level and age; plugins are to end in an order of their own, before that begins, and
     * after the last call from outside is answered. A platform bundle that comes may bring what a plugin failed for.
     */
    private void bundleChanged(BundleEvent event) {
        boolean framework = event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
        if (framework && event.getType() == BundleEvent.STOPPING) {
            // First, so that nobody is sent here any more while what was let in is answered.
            needs.state().stop();
            entrances.close();
            end();
        } else if (event.getType() == BundleEvent.STARTED && !PluginBundles.isPlugin(event.getBundle())) {
            running().ifPresent(Engine::changed);
        }
    }

    private synchronized Optional<Engine> running() {
        return engine;
    }

    private void end() {
        Optional<Engine> last;
        synchronized (this) {
            last = engine;
            engine = Optional.empty();
            ended = true;
        }
        last.ifPresent(Engine::close);
    }
}
