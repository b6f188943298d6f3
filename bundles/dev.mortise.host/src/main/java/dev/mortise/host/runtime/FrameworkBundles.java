// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.intake.Artifact;
import dev.mortise.host.services.PluginBundles;
import dev.mortise.kernel.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs and removes bundles of plugins; never touches any other bundle. */
final class FrameworkBundles {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkBundles.class);
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final BundleContext host;

    FrameworkBundles(BundleContext host) {
        this.host = host;
    }

    /** Installs an artifact from the store. A place that an abandoned bundle still holds is left to it. */
    Bundle install(Artifact artifact) throws BundleException, IOException {
        String location = PluginBundles.location(artifact);
        String free = location;
        for (int next = 2; host.getBundle(free) != null; next++) {
            free = location + ":" + next;
        }
        try (InputStream jar = Files.newInputStream(artifact.file())) {
            return host.installBundle(free, jar);
        }
    }

    /** Resolves a bundle, or says why that can't be. */
    Optional<Problem> resolve(Artifact artifact, Bundle bundle) {
        return wiring().resolveBundles(List.of(bundle))
                ? Optional.empty()
                : Optional.of(new ImportFailures(host, artifact.id()).explain(bundle));
    }

    /** Answers the class loader of a bundle that is resolved. */
    static Optional<ClassLoader> loader(Bundle bundle) {
        return Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(BundleWiring::getClassLoader);
    }

    /** Removes a stopped bundle and everything that the framework keeps of it, and nothing else. */
    void remove(Bundle bundle) throws BundleException, InterruptedException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
        Collection<Bundle> closure = wiring().getDependencyClosure(List.of(bundle));
        if (closure.size() != 1 || !closure.contains(bundle)) {
            LOG.error("Bundle {} is not refreshed because that would touch others: {}", bundle.getLocation(), closure);
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Bundle {} was not refreshed within {} s", bundle.getLocation(), REFRESH.toSeconds());
        }
    }

    /** Removes what an earlier run of the framework left; none of it was started yet, because starts are not kept. */
    void removeRemains() {
        for (Bundle bundle : host.getBundles()) {
            if (PluginBundles.isPlugin(bundle)) {
                try {
                    bundle.uninstall();
                } catch (BundleException e) {
                    LOG.warn("Bundle {} of an earlier run can't be removed: {}", bundle.getLocation(), e.toString());
                }
            }
        }
    }

    private FrameworkWiring wiring() {
        return host.getBundle(0).adapt(FrameworkWiring.class);
    }
}
