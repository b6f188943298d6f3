// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.rules.route.CanonicalPath;
import java.io.IOException;
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

    private void receive(Passage passage) throws IOException {
        HttpExchange exchange = passage.exchange();
        Refusal protocol = ProtocolRules.refuse(exchange);
        if (protocol != null) {
            passage.refuse(protocol);
            return;
        }
        CanonicalPath.Reading reading = CanonicalPath.read(exchange.rawPath());
        if (reading instanceof CanonicalPath.Reading.Canonical canonical) {
            receive(passage, canonical.path());
        } else if (Areas.isPageWithSlash(exchange.rawPath())) {
            passage.answer(withoutSlash(exchange));
        } else {
            passage.refuse(Refusal.of(ErrorCode.BAD_PATH, ((CanonicalPath.Reading.Bad) reading).reason()));
        }
    }

    /** People write the path of a page so; no other path has two spellings, and no page has a query. */
    private static Response withoutSlash(HttpExchange exchange) {
        String path = exchange.rawPath();
        return Response.status(308).with("Location", path.substring(0, path.length() - 1));
    }

    private void receive(Passage passage, String path) throws IOException {
        if (HealthPage.covers(path)) {
            health.answer(
                    passage,
                    authRequest(passage.exchange(), path),
                    routing.snapshot().open());
            return;
        }
        passage.follow();
        Way way = enter(passage, path);
        while (way != null) {
            // Once, but for a call that comes to a plugin in the moment of its switch, or that misses an instance.
            way = next(passage, way, go(passage, way));
        }
    }

    /** Answers the way of an exchange whose caller may come in; null when it is refused. */
    private @Nullable Way enter(Passage passage, String path) {
        RoutingSnapshot snapshot = routing.snapshot();
        if (!snapshot.open()) {
            passage.refuse(Refusal.retryLater(ErrorCode.STARTING, "Mortise is starting. Try again in a moment."));
            return null;
        }
        HttpExchange exchange = passage.exchange();
        Destination destination = areas.find(snapshot, exchange.method(), path);
        passage.leadsTo(destination.meter());
        if (destination.betweenPlugins()) {
            passage.partOf(Leg.of(exchange.headers()));
        }
        passage.limit(passage.deadline(
                passage.leg().within(means.settings().deadline().toNanos())));
        Admission admission = destination.open()
                ? Admission.Caller.NOBODY
                : doorkeeper.admit(authRequest(exchange, path), destination.ofTenant(), passage::comesFrom);
        if (admission instanceof Admission.Caller caller) {
            passage.comesFrom(caller);
            if (caller.identity().plugin().isPresent()) {
                // A plugin elsewhere that asks as a client does is one more link of the chain, or a circle.
                passage.partOf(Leg.of(exchange.headers()));
            }
            Admission acting = destination.betweenPlugins() ? doorkeeper.acting(caller, exchange.headers()) : caller;
            if (acting instanceof Admission.Caller known) {
                return new Way(path, destination, passage.leg(), known, Tries.NONE);
            }
            admission = acting;
        }
        passage.refuse((Refusal) admission);
        return null;
    }

    private Outcome go(Passage passage, Way way) throws IOException {
        HttpExchange exchange = passage.exchange();
        Destination.Choice choice = way.destination().choose(exchange.method(), way.caller(), way.tries());
        if (choice instanceof Destination.Target target) {
            passage.leadsTo(target.route().meter());
            Refusal refusal = refusal(exchange.method(), way, target.route());
            return refusal == null ? new HttpCall(passage, way, target, means).go() : refusal;
        }
        if (choice instanceof Destination.Methods methods) {
            return passage.tell(methods.told());
        }
        return (Refusal) choice;
    }

    /** Answers the way that the exchange takes next; null when it has come to its end. */
    private @Nullable Way next(Passage passage, Way way, Outcome outcome) {
        if (outcome instanceof Outcome.Gone) {
            return enter(passage, way.path());
        }
        if (outcome instanceof Missed missed) {
            Way again = way.after(missed);
            // A body that nobody asked for was not read; one that is too large is refused by whoever asks.
            Body body = passage.exchange().unboundedBody();
            if (way.destination().elsewhere(missed, way.caller(), again.tries(), body)) {
                return again;
            }
            passage.end(missed.instead());
        } else if (outcome instanceof Refusal refusal) {
            passage.refuse(refusal);
        }
        return null;
    }

    private @Nullable Refusal refusal(String method, Way way, MountedRoute route) {
        Refusal ended = way.leg().refusal(means.settings().hopLimit());
        if (ended != null || route.open() || Permissions.unasked(way.caller().identity())) {
            return ended;
        }
        // Between plugins what the caller declares is what it was granted; on behalf of anybody else, his permissions
        // count.
        boolean granted = way.destination().betweenPlugins()
                && way.caller().acting().plugin().isPresent();
        return permissions.check(
                way.caller().acting(),
                new Action(
                        method,
                        way.path(),
                        route.owner().plugin(),
                        way.caller().tenant(),
                        granted ? Set.of() : route.permissions()));
    }

    private static AuthRequest authRequest(HttpExchange exchange, String path) {
        return new AuthRequest(exchange.method(), path, exchange.headers(), exchange.clientAddress());
    }
}
