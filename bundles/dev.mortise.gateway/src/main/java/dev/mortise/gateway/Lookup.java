// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.rules.route.RouteTable.Found;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what a table found into what the caller is told. */
final class Lookup {
    private Lookup() {}

    static Destination.Choice choose(Found<MountedRoute> found, String method, String path) {
        if (found instanceof Found.Match<MountedRoute> match) {
            return new Destination.Target(match.value(), match.parameters());
        }
        if (found instanceof Found.MethodNotAllowed<MountedRoute> known) {
            return otherMethod(method, path, known.allowed());
        }
        return Refusal.of(ErrorCode.ROUTE_NOT_FOUND, "There is nothing at '" + path + "'.");
    }

    static boolean open(Found<MountedRoute> found) {
        return found instanceof Found.Match<MountedRoute> match && match.value().open();
    }

    static @Nullable RouteMeter meter(@Nullable Found<MountedRoute> found) {
        return found instanceof Found.Match<MountedRoute> match ? match.value().meter() : null;
    }

    /** Answers the methods of a path when that is what is asked; null when something else is. */
    static Destination.@Nullable Methods methods(Found<MountedRoute> found, String method) {
        return method.equals("OPTIONS") && found instanceof Found.MethodNotAllowed<MountedRoute> known
                ? new Destination.Methods(with(known.allowed()))
                : null;
    }

    private static Set<String> with(Set<String> known) {
        Set<String> allowed = new TreeSet<>(known);
        allowed.add("OPTIONS");
        return allowed;
    }

    private static Destination.Choice otherMethod(String method, String path, Set<String> known) {
        Set<String> allowed = with(known);
        if (method.equals("OPTIONS")) {
            return new Destination.Methods(allowed);
        }
        String list = String.join(", ", allowed);
        return Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "'%s' takes %s.".formatted(path, list))
                .with("Allow", list);
    }
}
