// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.HealthProblem;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * The worst of what the health checks of a plugin say.
 *
 * @param passing whether they say that it will get better by itself
 */
record HealthVerdict(ServiceHealth health, boolean passing, Optional<HealthProblem> problem) {
    static final HealthVerdict HEALTHY = new HealthVerdict(ServiceHealth.HEALTHY, false, Optional.empty());

    static HealthVerdict of(PluginId plugin, List<Result> results) {
        return results.stream()
                .max(Comparator.comparing(result -> severity(result.getStatus())))
                .map(worst -> of(plugin, worst))
                .orElse(HEALTHY);
    }

    /** A check that throws has not said that all is well. */
    static HealthVerdict broken(PluginId plugin, Throwable failure) {
        return unavailable(plugin, "its health check threw " + failure, false);
    }

    /** A check that does not answer in time may do so the next time. */
    static HealthVerdict silent(PluginId plugin, Duration limit) {
        long millis = limit.toMillis();
        String time = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        return unavailable(plugin, "its health check did not answer within " + time, true);
    }

    private static HealthVerdict of(PluginId plugin, Result result) {
        return switch (result.getStatus()) {
            case OK -> HEALTHY;
            case WARN ->
                new HealthVerdict(
                        ServiceHealth.DEGRADED,
                        false,
                        Optional.of(problem("Plugin '" + plugin + "' is DEGRADED: " + text(result))));
            case TEMPORARILY_UNAVAILABLE -> unavailable(plugin, text(result), true);
            case CRITICAL, HEALTH_CHECK_ERROR -> unavailable(plugin, text(result), false);
        };
    }

    private static int severity(Result.Status status) {
        return switch (status) {
            case OK -> 0;
            case WARN -> 1;
            case TEMPORARILY_UNAVAILABLE -> 2;
            case CRITICAL -> 3;
            case HEALTH_CHECK_ERROR -> 4;
        };
    }

    private static HealthVerdict unavailable(PluginId plugin, String text, boolean passing) {
        return new HealthVerdict(
                ServiceHealth.UNAVAILABLE,
                passing,
                Optional.of(problem("Plugin '" + plugin + "' is UNAVAILABLE: " + text)));
    }

    private static HealthProblem problem(String message) {
        String sentence = message.endsWith(".") ? message : message + ".";
        return new HealthProblem(
                sentence,
                "Mend what its health check names. One that runs is asked again by itself; one that did not come up is tried again by 'restart'.");
    }

    private static String text(Result result) {
        String messages = StreamSupport.stream(result.spliterator(), false)
                .filter(entry -> entry.getStatus() == result.getStatus())
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining("; "));
        return messages.isEmpty() ? "its health check says " + result.getStatus() : messages;
    }
}
