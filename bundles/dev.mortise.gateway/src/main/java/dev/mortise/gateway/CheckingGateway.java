// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.rules.route.CanonicalPath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes an exchange through the checks in their order: path, look-up (kept, not told), identity, tenant, plugin, route,
 * permission; and then to the handler.
 */
final class CheckingGateway implements HttpGateway {
    private final SnapshotRouting routing;
    private final Areas areas;
    private final Doorkeeper doorkeeper;
    private final Permissions permissions;
    private final HealthPage health;
    private final Means means;
    private final Handover handover;

    CheckingGateway(
            SnapshotRouting routing,
            Areas areas,
            Doorkeeper doorkeeper,
            Permissions permissions,
            HealthPage health,
            Means means) {
        this.routing = routing;
        this.areas = areas;
        this.doorkeeper = doorkeeper;
        this.permissions = permissions;
        this.health = health;
        this.means = means;
        this.handover = new Handover(means.gate(), () -> means.settings().queryLimit());
    }

    @Override
    public void handle(HttpExchange exchange) {
        Passage passage = new Passage(exchange, means);
        try {
            receive(passage);
        } catch (Throwable fault) {
            passage.fail(fault, exchange.method() + " " + exchange.rawPath());
        } finally {
            passage.unlimit();
        }
    }

    @Override
    public void refused(RefusedExchange refused) {
        means.recorder().refused(refused);
    }

    private void receive(Passage passage) {
        HttpExchange exchange = passage.exchange();
        Refusal protocol = ProtocolRules.refuse(exchange);
        if (protocol != null) {
            passage.refuse(protocol);
            return;
        }
        CanonicalPath.Reading reading = CanonicalPath.read(exchange.rawPath());
        if (reading instanceof CanonicalPath.Reading.Canonical canonical) {
            receive(passage, canonical.path());
        } else {
            passage.refuse(Refusal.of(ErrorCode.BAD_PATH, ((CanonicalPath.Reading.Bad) reading).reason()));
        }
    }

    private void receive(Passage passage, String path) {
        if (HealthPage.covers(path)) {
            health.answer(
                    passage,
                    authRequest(passage.exchange(), path),
                    routing.snapshot().open());
            return;
        }
        passage.follow();
        boolean carried = false;
        while (!carried) {
            // Once, but for a call that comes to a plugin in the moment of its switch: it asks the next snapshot.
            carried = carry(passage, path, routing.snapshot());
        }
    }

    /** Answers false when the plugin left the snapshot before the call could enter it. */
    private boolean carry(Passage passage, String path, RoutingSnapshot snapshot) {
        if (!snapshot.open()) {
            passage.refuse(Refusal.retryLater(ErrorCode.STARTING, "Mortise is starting. Try again in a moment."));
            return true;
        }
        HttpExchange exchange = passage.exchange();
        Destination destination = areas.find(snapshot, exchange.method(), path);
        passage.leadsTo(destination.meter());
        Leg leg = destination.betweenPlugins() ? Leg.of(exchange.headers()) : Leg.FIRST;
        passage.limit(passage.deadline(Math.min(means.settings().deadline().toNanos(), leg.remainingNanos())));
        Admission admission = destination.open()
                ? Admission.Caller.NOBODY
                : doorkeeper.admit(authRequest(exchange, path), destination.ofTenant(), passage::comesFrom);
        if (admission instanceof Admission.Caller caller) {
            passage.comesFrom(caller);
            return carry(passage, new Way(path, destination, leg, caller));
        }
        passage.refuse((Refusal) admission);
        return true;
    }

    private boolean carry(Passage passage, Way way) {
        Destination.Choice choice = way.destination().choose(passage.exchange().method(), way.caller());
        if (choice instanceof Destination.Target target) {
            return hand(passage, way, target);
        }
        if (choice instanceof Destination.Methods methods) {
            passage.answer(Response.status(204).with("Allow", String.join(", ", methods.allowed())));
        } else {
            passage.refuse((Refusal) choice);
        }
        return true;
    }

    /** Answers false when the plugin left the snapshot before the call could enter it. */
    private boolean hand(Passage passage, Way way, Destination.Target target) {
        passage.leadsTo(target.route().meter());
        Refusal refusal = refusal(passage.exchange().method(), way, target.route());
        if (refusal != null) {
            passage.refuse(refusal);
            return true;
        }
        return switch (handover.hand(passage, way, target)) {
            case DONE -> true;
            case GONE -> false;
            // It asks again, in the same snapshot, for another instance.
            case MISSED -> carry(passage, way);
        };
    }

    private @Nullable Refusal refusal(String method, Way way, MountedRoute route) {
        Refusal ended = way.leg().refusal(means.settings().hopLimit());
        if (ended != null || route.open()) {
            return ended;
        }
        // Between plugins what the caller declares is what it was granted.
        Set<String> asked = way.destination().betweenPlugins() ? Set.of() : route.permissions();
        return permissions.check(
                way.caller().identity(),
                new Action(
                        method, way.path(), route.owner().plugin(), way.caller().tenant(), asked));
    }

    private static AuthRequest authRequest(HttpExchange exchange, String path) {
        return new AuthRequest(exchange.method(), path, exchange.headers(), exchange.clientAddress());
    }
}
