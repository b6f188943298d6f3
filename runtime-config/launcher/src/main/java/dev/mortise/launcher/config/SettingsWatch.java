// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether somebody has written into etc/, and hands on what may change while the container runs.
 * What is wrong in a file is said as at a start, and everything stays as it was.
 */
public final class SettingsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final SettingsSource source;
    private final Target target;
    private final ScheduledExecutorService thread;
    // Only the thread uses these.
    private Map<Path, String> taken;
    private Map<Path, String> failed = Map.of();
    private Map<Path, String> seen;
    private RunningSettings settings;

    /** Takes settings. */
    @FunctionalInterface
    public interface Target {
        /** Use these from now on. */
        void use(Settings settings) throws IOException;
    }

    /** Begin to watch for what was written since the container was started with the first settings. */
    public SettingsWatch(SettingsSource source, SettingsSource.First first, Target target) {
        this(source, first, target, PERIOD);
    }

    SettingsWatch(SettingsSource source, SettingsSource.First first, Target target, Duration period) {
        this.source = source;
        this.target = target;
        this.settings = RunningSettings.of(first.settings());
        this.taken = first.from();
        this.seen = taken;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "mortise-settings");
            made.setDaemon(true);
            return made;
        });
        var unused =
                thread.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Map<Path, String> now = source.written();
            // Twice the same: an editor that writes in two steps is not caught between them.
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(taken)) {
                take(now);
            }
        } catch (RuntimeException e) {
            LOG.error("etc/ can't be looked at", e);
        }
    }

    private void take(Map<Path, String> now) {
        try {
            use(source.read());
            taken = now;
        } catch (LaunchFailure e) {
            // Only another text can mend this one.
            taken = now;
            LOG.error("{} The settings stay as they were", e.sentence());
        } catch (IOException | RuntimeException e) {
            // It is not the text that is wrong: this is tried again, and told once.
            if (!now.equals(failed)) {
                failed = now;
                LOG.error("The settings could not be changed; that is tried again every second", e);
            }
        }
    }

    private void use(Settings now) throws IOException {
        RunningSettings.Change change = settings.to(now);
        target.use(change.next().used());
        settings = change.next();
        change.told().forEach(sentence -> LOG.info("{}", sentence));
        change.waiting().forEach(sentence -> LOG.warn("{}", sentence));
    }

    /** Watch no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
