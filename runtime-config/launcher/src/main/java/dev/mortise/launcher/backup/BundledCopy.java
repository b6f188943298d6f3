// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.feature.EditionBundle;
import dev.mortise.launcher.feature.FeatureFolder;
import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What the bundle of the embedded server knows about copying its data directory, used without a framework: a backup must
 * not need a container that answers. The types of the bundle are its own, hence the reflection.
 */
record BundledCopy(Distribution distribution) {
    private static final String EDITION = "minimal";
    private static final String COPY = "dev.mortise.postgres.embedded.ClusterCopy";
    private static final String PROGRAMS = "dev/mortise/postgres/embedded/programs.properties";

    /**
     * Copy the data directory of a home whose container runs (online), or of one that is held. Answers an instant: what
     * was committed before it is in the copy.
     */
    Instant copy(Home home, boolean online, BiConsumer<String, InputStream> sink) throws IOException {
        try (URLClassLoader bundles = bundles()) {
            Object copy = bundles.loadClass(COPY).getConstructor(boolean.class).newInstance(online);
            @SuppressWarnings("unchecked") // as the bundle declares it
            BiFunction<Path, BiConsumer<String, InputStream>, Instant> copies =
                    (BiFunction<Path, BiConsumer<String, InputStream>, Instant>) copy;
            return copies.apply(home.data(), sink);
        } catch (IllegalStateException e) {
            throw new LaunchFailure(ExitCode.DATABASE, String.valueOf(e.getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The distribution has no " + COPY, e);
        }
    }

    /** Return the major of the server that this distribution brings. */
    String major() throws IOException {
        Properties programs = new Properties();
        try (URLClassLoader bundles = bundles();
                InputStream content = bundles.getResourceAsStream(PROGRAMS)) {
            programs.load(content);
        }
        return programs.getProperty("version").split("\\.", 2)[0];
    }

    private URLClassLoader bundles() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (EditionBundle bundle :
                new FeatureFolder(distribution.features()).edition(EDITION).bundles()) {
            jars.add(bundle.artifact().in(distribution.system()).toUri().toURL());
        }
        return new URLClassLoader(jars.toArray(URL[]::new), BundledCopy.class.getClassLoader());
    }
}
