// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * The worst of what the health checks of the plugin say, and a sentence of each; tenants that it could not be started for
 * degrade it.
 */
public record HealthPage(String status, Map<String, String> sentences) {
    private static final List<Result.Status> ORDER = List.of(
            Result.Status.OK,
            Result.Status.WARN,
            Result.Status.TEMPORARILY_UNAVAILABLE,
            Result.Status.CRITICAL,
            Result.Status.HEALTH_CHECK_ERROR);

    /** Asks the checks now. */
    public static HealthPage of(List<HealthCheck> checks, Map<String, String> failedStarts) {
        Map<String, String> sentences = new LinkedHashMap<>();
        Result.Status worst = Result.Status.OK;
        for (HealthCheck check : checks) {
            Result result = ask(check);
            sentences.put(check.getClass().getSimpleName(), text(result));
            worst = worse(worst, result.getStatus());
        }
        for (Map.Entry<String, String> failed : failedStarts.entrySet()) {
            sentences.put("start of tenant '" + failed.getKey() + "'", failed.getValue());
            worst = worse(worst, Result.Status.WARN);
        }
        return new HealthPage(word(worst), sentences);
    }

    /** A check that throws has not said that all is well. */
    private static Result ask(HealthCheck check) {
        try {
            return check.execute();
        } catch (RuntimeException | LinkageError e) {
            return new Result(Result.Status.HEALTH_CHECK_ERROR, "its health check threw " + e);
        }
    }

    private static Result.Status worse(Result.Status one, Result.Status other) {
        return List.of(one, other).stream()
                .max(Comparator.comparing(ORDER::indexOf))
                .orElse(one);
    }

    private static String word(Result.Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARN -> "degraded";
            default -> "unavailable";
        };
    }

    private static String text(Result result) {
        String messages = StreamSupport.stream(result.spliterator(), false)
                .filter(entry -> entry.getStatus() == result.getStatus())
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining("; "));
        return messages.isEmpty() ? result.getStatus().name() : messages;
    }
}
