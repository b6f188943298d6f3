// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What the container itself asks of a worker, over HTTP. */
public final class WorkerCalls {
    private static final int MAX_BYTES = 1 << 20;
    private static final String TOO_LONG = "What it answers at /metadata is longer than " + (MAX_BYTES >> 20) + " MB.";
    private static final Identity CORE =
            new Identity(PrincipalKind.SERVICE, "mortise", Optional.empty(), false, Optional.empty(), Set.of());

    private final RemoteCalls calls;
    private final HopTokens tokens;
    private final JsonLines lines;
    private final AnswerReader reader;

    /** Asks by way of these. */
    public WorkerCalls(RemoteCalls calls, HopTokens tokens, JsonLines lines, AnswerReader reader) {
        this.calls = calls;
        this.tokens = tokens;
        this.lines = lines;
        this.reader = reader;
    }

    /** Asks what it is. */
    public Metadata metadata(Target target, Duration limit) {
        try {
            Text answer = send(target, "GET", "/metadata", Optional.empty(), Body.empty(), limit);
            return answer.status == 200
                    ? reader.metadata(target.plugin(), answer.content)
                    : new Metadata.NotYet("/metadata is answered with " + answer.status);
        } catch (TooLong e) {
            return new Metadata.Wrong(TOO_LONG);
        } catch (RemoteFault | IOException e) {
            return new Metadata.NotYet(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks what it is, and answers that as it is.
     *
     * @throws MortiseException SERVICE_UNAVAILABLE with the sentence why there is no such answer
     */
    public String metadataText(Target target, Duration limit) {
        try {
            Text answer = send(target, "GET", "/metadata", Optional.empty(), Body.empty(), limit);
            if (answer.status == 200) {
                return answer.content;
            }
            throw unanswered("/metadata is answered with " + answer.status + ".");
        } catch (TooLong e) {
            throw unanswered(TOO_LONG);
        } catch (RemoteFault | IOException e) {
            throw unanswered("/metadata is not answered: " + e.getMessage());
        }
    }

    private static MortiseException unanswered(String sentence) {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, sentence);
    }

    /** Asks how it is. */
    public Wellness health(Target target, Duration limit) {
        try {
            Text answer = send(target, "GET", "/health", Optional.empty(), Body.empty(), limit);
            return answer.status == 200
                    ? reader.health(answer.content)
                    : new Wellness.Unwell("/health is answered with " + answer.status);
        } catch (TooLong e) {
            return new Wellness.Unwell("what it answers at /health is too long");
        } catch (RemoteFault e) {
            return e.kind() == RemoteFault.Kind.BUSY
                    ? new Wellness.Unasked()
                    : new Wellness.Missed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Wellness.Missed(String.valueOf(e.getMessage()));
        }
    }

    /** Asks about credentials; empty when there is no answer that could be understood. */
    public Optional<AuthVerdict> validateAuth(Target target, String tenant, TenantPart part, Duration limit) {
        try {
            Text answer = send(
                    target, "POST", "/validate-auth", Optional.of(tenant), lines.validateAuth(tenant, part), limit);
            return answer.status == 200 ? reader.verdict(answer.content) : Optional.empty();
        } catch (RemoteFault | IOException e) {
            return Optional.empty();
        }
    }

    /** Tells that settings of a tenant changed; false when it did not take that in. */
    public boolean configUpdate(Target target, String tenant, TenantPart part, Duration limit) {
        return post(target, "/config-update", Optional.of(tenant), lines.configUpdate(tenant, part), limit);
    }

    /** Tells that a tenant disabled the plugin or, without one, that it ends; false when it did not take that in. */
    public boolean disable(Target target, Optional<String> tenant, Duration limit) {
        return post(target, "/disable", tenant, lines.disable(tenant), limit);
    }

    private boolean post(Target target, String path, Optional<String> tenant, Body body, Duration limit) {
        try {
            return send(target, "POST", path, tenant, body, limit).status == 200;
        } catch (RemoteFault | IOException e) {
            return false;
        }
    }

    private Text send(Target target, String method, String path, Optional<String> tenant, Body body, Duration limit)
            throws RemoteFault, IOException {
        Response answer = calls.send(
                target.peer(),
                new RemoteCalls.Outgoing(
                        method,
                        path,
                        fields(target, tenant, limit, body.length().orElse(0) > 0),
                        body,
                        System.nanoTime() + limit.toNanos(),
                        false));
        try (InputStream content = answer.body().stream()) {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TooLong();
            }
            return new Text(answer.status(), new String(bytes, StandardCharsets.UTF_8));
        } catch (MortiseException e) {
            throw new IOException(e.getMessage(), e); // it was late, in the midst of its answer
        }
    }

    private Headers fields(Target target, Optional<String> tenant, Duration limit, boolean json) {
        String request = UUID.randomUUID().toString();
        Headers fields = Headers.of(Map.of())
                .with("Accept", "application/json")
                .with("X-Mortise-Request-Id", request)
                .with("X-Mortise-Deadline-Ms", String.valueOf(limit.toMillis()))
                .with("X-Mortise-Hop", "1")
                .with("X-Mortise-User", CORE.id())
                .with("X-Mortise-Token", token(target, tenant, request, limit));
        if (json) {
            fields = fields.with("Content-Type", "application/json");
        }
        return tenant.isPresent() ? fields.with("X-Mortise-Tenant", tenant.get()) : fields;
    }

    private String token(Target target, Optional<String> tenant, String request, Duration limit) {
        long life = Math.max(limit.toMillis(), TimeUnit.SECONDS.toMillis(1));
        return tokens.sign(
                target.hopKey(),
                new HopTokens.Claims(
                        target.plugin().id().value(),
                        CORE,
                        tenant,
                        Optional.empty(),
                        request,
                        1,
                        Duration.ofMillis(life)));
    }

    private record Text(int status, String content) {}

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
