// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.worker.given.TenantParts;
import dev.mortise.worker.wire.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers what the container asks the process itself for. */
final class ControlCalls {
    private static final int LONGEST = 1024 * 1024;

    private final Surface surface;
    private final Json json;

    ControlCalls(Surface surface, Json json) {
        this.surface = surface;
        this.json = json;
    }

    /** Answers a call. */
    private interface Control {
        Response answer(Map<?, ?> body) throws Exception;
    }

    /** Tells whether anybody on this machine may ask. */
    static boolean open(String method, String path) {
        return method.equals("GET") && (path.equals("/health") || path.equals("/metadata"));
    }

    /** Answers the exchange if it is one of these; false when it is not. */
    boolean answer(Exchange exchange) throws IOException {
        String asked = exchange.method() + " " + exchange.path();
        Optional<Control> control = find(asked);
        if (control.isEmpty()) {
            return false;
        }
        Map<?, ?> body;
        try {
            body = body(exchange.content());
        } catch (MortiseException e) {
            new Answer(exchange).give(refused(e, asked, exchange));
            return true;
        }
        new Answer(exchange).give(answered(control.get(), body, asked, exchange));
        if (asked.equals("POST /disable") && !body.containsKey("tenant")) {
            surface.exit();
        }
        return true;
    }

    private Optional<Control> find(String asked) {
        return Optional.ofNullable(
                switch (asked) {
                    case "GET /metadata" -> body -> json.ok(surface.metadata());
                    case "GET /health" -> body -> health();
                    case "POST /validate-auth" -> this::validateAuth;
                    case "POST /config-update" -> this::configUpdate;
                    case "POST /disable" -> this::disable;
                    default -> null;
                });
    }

    private Response answered(Control control, Map<?, ?> body, String asked, Exchange exchange) throws IOException {
        try {
            return control.answer(body);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            return refused(e, asked, exchange);
        }
    }

    private Response refused(Exception fault, String asked, Exchange exchange) {
        return Faults.refusal(fault, asked, "").response(json, exchange.path(), "");
    }

    private Map<?, ?> body(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new MortiseException(ErrorCode.PAYLOAD_TOO_LARGE, "The body has at most 1 MB.");
        }
        return bytes.length == 0 ? Map.of() : json.read(Body.of(bytes), Map.class);
    }

    private Response health() {
        Surface.Wellness wellness = surface.health();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("status", wellness.status());
        page.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        page.put("checks", wellness.checks());
        return json.response(wellness.available() ? 200 : 503, page);
    }

    private Response validateAuth(Map<?, ?> body) throws Exception {
        AuthVerdict verdict = surface.validateAuth(tenant(body), TenantParts.ofQuestion(body));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("valid", verdict.valid());
        verdict.message().ifPresent(message -> answer.put("message", message));
        return json.ok(answer);
    }

    private Response configUpdate(Map<?, ?> body) {
        surface.configUpdated(tenant(body), TenantParts.config(body));
        return json.ok(Map.of("success", true));
    }

    private Response disable(Map<?, ?> body) {
        if (body.containsKey("tenant")) {
            surface.disable(tenant(body));
        } else {
            surface.end();
        }
        return json.ok(Map.of("success", true));
    }

    private static String tenant(Map<?, ?> body) {
        return TenantParts.tenant(body)
                .orElseThrow(() -> new MortiseException(ErrorCode.VALIDATION_FAILED, "\"tenant\" is missing."));
    }
}
