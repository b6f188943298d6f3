// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.rules.route.CanonicalPath;
import dev.mortise.rules.route.RouteTable.Found;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries calls from plugin to plugin inside this process, after the same checks as a request from outside. */
final class ServiceCalls {
    private final Permissions permissions;
    private final Installed installed;
    private final Means means;

    ServiceCalls(Permissions permissions, Installed installed, Means means) {
        this.permissions = permissions;
        this.installed = installed;
        this.means = means;
    }

    /**
     * Calls an endpoint of the instance on this thread, on behalf of the caller's plugin and in its context.
     *
     * @param tries what was tried before: one that is tried again takes no more of the rate
     */
    Outcome call(Owner caller, CallContext context, ServiceMount mount, ServiceRequest request, Tries tries) {
        int question = request.target().indexOf('?');
        String rawPath = question < 0 ? request.target() : request.target().substring(0, question);
        CanonicalPath.Reading reading = CanonicalPath.read(rawPath);
        if (!(reading instanceof CanonicalPath.Reading.Canonical canonical)) {
            return badPath(((CanonicalPath.Reading.Bad) reading).reason());
        }
        String path = canonical.path();
        if (path.indexOf('%') >= 0) {
            // The listener refuses it, and a call must not depend on where its provider runs.
            return badPath("The path holds an encoded '%', which is ambiguous.");
        }
        Found<MountedRoute> found = mount.endpoints().find(request.method(), path);
        Destination.Methods methods = Lookup.methods(found, request.method());
        if (methods != null) {
            return new Outcome.Answered(methods.told());
        }
        if (!(found instanceof Found.Match<MountedRoute> match)) {
            return ServiceResolver.unknownEndpoint(mount, request.method(), path);
        }
        Refusal refusal = refusal(caller, context, match.value(), request.method(), path);
        if (refusal != null) {
            return refusal;
        }
        installed.enter(context.tenant(), mount.plugin());
        Optional<String> query =
                question < 0 ? Optional.empty() : Optional.of(request.target().substring(question + 1));
        HandlerRequest.Asked asked =
                new HandlerRequest.Asked(request.method(), path, 0, query, request.headers(), request.body());
        return new ServiceCall(new ServiceCall.Ends(caller, mount, match), context, asked, means, tries).go();
    }

    private static Refusal badPath(String reason) {
        return Refusal.of(
                ErrorCode.BAD_PATH,
                reason + " Values that may hold '/', '\\', '%', ';', '?' or '#' go into the query.");
    }

    private @Nullable Refusal refusal(
            Owner caller, CallContext context, MountedRoute route, String method, String path) {
        int hopLimit = means.settings().hopLimit();
        if (context.hop() >= hopLimit) {
            return Leg.tooMany(hopLimit);
        }
        Refusal withheld = withheld(caller, context, route);
        if (withheld != null) {
            return withheld;
        }
        // A plugin that acts for itself was granted what it declares; on behalf of anybody else, his permissions count.
        Set<String> asked = context.identity().plugin().isPresent() ? Set.of() : route.permissions();
        return permissions.check(
                context.identity(), new Action(method, path, route.owner().plugin(), context.tenant(), asked));
    }

    private @Nullable Refusal withheld(Owner caller, CallContext context, MountedRoute route) {
        TenantId tenant = context.tenant().orElse(null);
        String plugin = caller.plugin().orElse(null);
        return tenant == null || plugin == null ? null : installed.withheld(tenant, plugin, route.permissions());
    }
}
