// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.WorkerFleet.Route;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what processes answer, which may be anything. */
public final class AnswerReader {
    /** The number of the protocol; neighbouring ones understand each other. */
    private static final int PROTOCOL = 1;

    private final Json json;

    /** Reads with a mapper that ignores unknown keys. */
    public AnswerReader(Json lenient) {
        json = lenient;
    }

    Metadata metadata(PluginIdentity expected, String text) {
        Map<?, ?> answer;
        try {
            answer = json.read(text, Map.class);
        } catch (MortiseException e) {
            return new Metadata.Wrong("What it answers at /metadata is no JSON object.");
        }
        String id = String.valueOf(answer.get("id"));
        String version = String.valueOf(answer.get("version"));
        if (!id.equals(expected.id().value())
                || !version.equals(expected.version().text())) {
            return new Metadata.Wrong("It says that it is '" + id + "' " + version + ", and '" + expected.id() + "' "
                    + expected.version().text() + " is expected.");
        }
        return answer.get("protocol") instanceof Number protocol && Math.abs(protocol.longValue() - PROTOCOL) > 1
                ? new Metadata.Wrong("It speaks protocol " + protocol + ", and this is protocol " + PROTOCOL + ".")
                : surface(answer);
    }

    private Metadata surface(Map<?, ?> answer) {
        List<Route> routes = new ArrayList<>();
        List<String> tools = new ArrayList<>();
        for (Object route : list(answer.get("routes"))) {
            if (!(route instanceof Map<?, ?> one)
                    || !(one.get("method") instanceof String method)
                    || !(one.get("path") instanceof String path)
                    || !path.startsWith("/")) {
                return new Metadata.Wrong("One of its routes at /metadata is not {\"method\", \"path\"}.");
            }
            routes.add(new Route(method, path));
        }
        for (Object tool : list(answer.get("tools"))) {
            if (!(tool instanceof Map<?, ?> one) || !(one.get("name") instanceof String)) {
                return new Metadata.Wrong("One of its tools at /metadata has no name.");
            }
            tools.add(text(one));
        }
        return new Metadata.Good(new Surface(routes, tools));
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private String text(Object value) {
        try {
            return json.write(value).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Wellness health(String text) {
        try {
            Object status = json.read(text, Map.class).get("status");
            if ("ok".equals(status)) {
                return new Wellness.Well();
            }
            return "degraded".equals(status)
                    ? new Wellness.Degraded()
                    : new Wellness.Unwell("its status is '" + status + "'");
        } catch (MortiseException e) {
            return new Wellness.Unwell("what it answers at /health is no JSON object");
        }
    }

    Optional<AuthVerdict> verdict(String text) {
        try {
            Map<?, ?> answer = json.read(text, Map.class);
            Optional<String> message =
                    answer.get("message") instanceof String words ? Optional.of(words) : Optional.empty();
            return answer.get("valid") instanceof Boolean valid
                    ? Optional.of(new AuthVerdict(valid, message))
                    : Optional.empty();
        } catch (MortiseException e) {
            return Optional.empty();
        }
    }
}
