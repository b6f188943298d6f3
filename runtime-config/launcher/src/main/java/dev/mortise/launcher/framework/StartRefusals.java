// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles that find that the container can't come up before a person acts say so here, with exit code and sentence; the
 * kernel's {@code LauncherExit} describes it for them. What has been up once goes on, whatever happens.
 */
final class StartRefusals implements BiConsumer<Integer, String> {
    private static final Logger LOG = LoggerFactory.getLogger(StartRefusals.class);

    private final Runnable stop;
    private final BooleanSupplier stopping;
    private final AtomicReference<@Nullable LaunchFailure> first = new AtomicReference<>();
    private volatile boolean up;

    /** Stop with the given action at the first refusal, unless it is stopping already. */
    StartRefusals(Runnable stop, BooleanSupplier stopping) {
        this.stop = stop;
        this.stopping = stopping;
    }

    void offer(BundleContext context) {
        context.registerService(BiConsumer.class, this, FrameworkUtil.asDictionary(Map.of("mortise.launcher", "exit")));
    }

    /** Listen no longer: the container has been up. */
    void ignore() {
        up = true;
    }

    /** Return why the container did not come up, if somebody said so. */
    Optional<LaunchFailure> first() {
        return Optional.ofNullable(first.get());
    }

    @Override
    public void accept(Integer exitCode, String sentence) {
        if (up) {
            LOG.warn("The container goes on although: {}", sentence);
        } else if (!stopping.getAsBoolean()
                && first.compareAndSet(null, new LaunchFailure(ExitCode.of(exitCode), sentence))) {
            stop.run();
        }
    }
}
