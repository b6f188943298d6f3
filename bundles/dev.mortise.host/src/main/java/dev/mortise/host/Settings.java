// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.folder.Pace;
import dev.mortise.host.intake.IntakeLimits;
import dev.mortise.host.intake.TrustedSigners;
import dev.mortise.host.leak.LeakLimits;
import dev.mortise.host.oauth.OAuthLimits;
import dev.mortise.host.runtime.RuntimeLimits;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The configuration as values, checked. */
record Settings(
        Path home,
        List<String> platformServices,
        int depth,
        int keptVersions,
        int startParallel,
        Duration drain,
        Duration shutdown,
        Pace pace,
        IntakeLimits intake,
        RuntimeLimits runtime,
        Duration credential,
        LeakLimits leaks) {
    private static final long MEGABYTE = 1 << 20;
    private static final int KILOBYTE = 1 << 10;

    /**
     * Reads the configuration.
     *
     * @param defaultHome where the container lives, when the configuration does not say it
     * @throws IllegalArgumentException when a number is not positive, or who may sign jars can't be read
     */
    static Settings of(HostConfig config, String defaultHome) {
        Path home = Path.of(config.mortise_home().isEmpty() ? defaultHome : config.mortise_home());
        return new Settings(
                home,
                list(config.platform$_$services()),
                positive("folder.depth", config.folder_depth()),
                positive("store.kept-versions", config.store_kept$_$versions()),
                positive("start.parallel", config.start_parallel()),
                seconds("drain.deadline-s", config.drain_deadline$_$s()),
                seconds("shutdown.limit-s", config.shutdown_limit$_$s()),
                new Pace(
                        millis("folder.quiet-ms", config.folder_quiet$_$ms()),
                        millis("folder.rescan-ms", config.folder_rescan$_$ms())),
                new IntakeLimits(
                        positive("intake.max-jar-mb", config.intake_max$_$jar$_$mb()) * MEGABYTE,
                        positive("intake.max-entries", config.intake_max$_$entries()),
                        positive("intake.max-unpacked-mb", config.intake_max$_$unpacked$_$mb()) * MEGABYTE,
                        positive("intake.max-ratio", config.intake_max$_$ratio()),
                        signers(config, home)),
                new RuntimeLimits(
                        seconds("start.deadline-s", config.start_deadline$_$s()),
                        seconds("stop.deadline-s", config.stop_deadline$_$s()),
                        millis("start.settle-ms", config.start_settle$_$ms()),
                        asked("health.interval-ms", config.health_interval$_$ms()),
                        asked("health.timeout-ms", config.health_timeout$_$ms()),
                        tenants(config)),
                seconds("worker.credential-s", config.worker_credential$_$s()),
                leaks(config, home.resolve("log")));
    }

    private static TenantLimits tenants(HostConfig config) {
        return new TenantLimits(
                seconds("tenant-start.deadline-s", config.tenant$_$start_deadline$_$s()),
                seconds("tenant-disable.deadline-s", config.tenant$_$disable_deadline$_$s()),
                seconds("tenant-auth.deadline-s", config.tenant$_$auth_deadline$_$s()),
                seconds("tenant-notice.deadline-s", config.tenant$_$notice_deadline$_$s()),
                positive("tenant-start.parallel", config.tenant$_$start_parallel()),
                Math.max(0, config.tenant$_$start_eager()),
                seconds("tenant-start.lately-s", config.tenant$_$start_lately$_$s()),
                positive("tenant-hooks.hanging-max", config.tenant$_$hooks_hanging$_$max()));
    }

    /** Reads what bounds connections with authorization servers. */
    static OAuthLimits oauth(HostConfig config) {
        return new OAuthLimits(
                seconds("oauth.deadline-s", config.oauth_deadline$_$s()),
                positive("oauth.answer-max-kb", config.oauth_answer$_$max$_$kb()) * KILOBYTE,
                seconds("oauth.request-s", config.oauth_request$_$s()),
                positive("oauth.requests-max", config.oauth_requests$_$max()),
                seconds("oauth.refresh-before-s", config.oauth_refresh$_$before$_$s()),
                seconds("oauth.retry-s", config.oauth_retry$_$s()),
                list(config.oauth_redirect$_$uris()));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static LeakLimits leaks(HostConfig config, Path dumps) {
        return new LeakLimits(
                config.leak_check(),
                seconds("leak.after-s", config.leak_after$_$s()),
                Duration.ofSeconds(Math.max(0, config.leak_collection$_$every$_$s())),
                positive("leak.kept", config.leak_kept()),
                dumps);
    }

    private static Optional<TrustedSigners> signers(HostConfig config, Path home) {
        return switch (config.intake_policy()) {
            case "any" -> Optional.empty();
            case "signed" ->
                Optional.of(
                        TrustedSigners.read(home.resolve(config.intake_trusted$_$certificates()), Clock.systemUTC()));
            default ->
                throw new IllegalArgumentException("host.intake.policy is '" + config.intake_policy()
                        + "', and any or signed is expected. Mend etc/host.properties.");
        };
    }

    Path plugins() {
        return home.resolve("plugins");
    }

    Path store() {
        return home.resolve("data").resolve("store");
    }

    private static Duration seconds(String key, int value) {
        return Duration.ofSeconds(positive(key, value));
    }

    private static Duration millis(String key, int value) {
        return Duration.ofMillis(positive(key, value));
    }

    /** Asking more often than that would cost more than it tells. */
    private static Duration asked(String key, int millis) {
        if (millis < 50 || millis > 60_000) {
            throw new IllegalArgumentException(
                    "host." + key + " is " + millis + ", and 50 to 60000 is expected. Mend etc/host.properties.");
        }
        return Duration.ofMillis(millis);
    }

    static int positive(String key, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "host." + key + " is " + value + ", and a positive number is expected. Mend etc/host.properties.");
        }
        return value;
    }
}
