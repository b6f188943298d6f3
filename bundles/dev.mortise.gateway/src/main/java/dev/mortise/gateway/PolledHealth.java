// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.gateway.registry.HealthQuestion;
import dev.mortise.gateway.registry.RemoteInstance;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks instances at their {@code /health} how they are: 200 with the status ok or degraded, all else is UNAVAILABLE. */
final class PolledHealth implements HealthQuestion {
    private final Neighbours neighbours;
    private final LiveSettings settings;
    private final JsonFactory mappers;
    private volatile @Nullable Json json;

    PolledHealth(Neighbours neighbours, LiveSettings settings, JsonFactory mappers) {
        this.neighbours = neighbours;
        this.settings = settings;
        this.mappers = mappers;
    }

    /** What is read of an answer. */
    record Page(Optional<String> status) {}

    @Override
    public Optional<Answer> ask(RemoteInstance instance) {
        RemoteCalls remote = neighbours.remote();
        if (remote == null) {
            return Optional.of(silent(instance, "can't be asked: the process feature is gone"));
        }
        try {
            return Optional.of(read(instance, remote.send(instance.peer(), question())));
        } catch (RemoteFault e) {
            return e.kind() == RemoteFault.Kind.BUSY ? Optional.empty() : Optional.of(noAnswer(instance, e));
        } catch (IOException e) {
            return Optional.of(noAnswer(instance, e));
        } catch (MortiseException e) {
            return Optional.of(unwell(instance, "can't be understood at /health: " + e.getMessage()));
        }
    }

    private Answer read(RemoteInstance instance, Response page) throws IOException {
        // Read whatever the status is: the connection is of no more use otherwise.
        Body body = Body.of(page.body().buffer());
        if (page.status() != 200) {
            return unwell(instance, "answers %d at /health".formatted(page.status()));
        }
        String status = json().read(body, Page.class).status().orElse("nothing");
        return switch (status) {
            case "ok" -> new Answer(ServiceHealth.HEALTHY, "", true);
            case "degraded" ->
                new Answer(
                        ServiceHealth.DEGRADED,
                        "The %s says at /health that it is degraded.".formatted(instance),
                        true);
            default -> unwell(instance, "says '%s' at /health".formatted(status));
        };
    }

    /** Made for the first page: most containers ask nobody. */
    private Json json() {
        Json known = json;
        if (known == null) {
            known = mappers.lenient();
            json = known;
        }
        return known;
    }

    private RemoteCalls.Outgoing question() {
        return new RemoteCalls.Outgoing(
                "GET",
                "/health",
                Headers.of("Accept", "application/json"),
                Body.empty(),
                System.nanoTime()
                        + settings.get().registry().asking().patience().toNanos(),
                false);
    }

    private static Answer noAnswer(RemoteInstance instance, Exception fault) {
        return silent(instance, "gave no answer at /health: " + fault.getMessage());
    }

    private static Answer unwell(RemoteInstance instance, String what) {
        return new Answer(ServiceHealth.UNAVAILABLE, "The %s %s.".formatted(instance, what), true);
    }

    private static Answer silent(RemoteInstance instance, String what) {
        return new Answer(ServiceHealth.UNAVAILABLE, "The %s %s.".formatted(instance, what), false);
    }
}
