// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads. It is found before anybody is asked who calls, because it says whether that must be asked at all;
 * what was found is told only to those who were admitted.
 */
interface Destination {
    /** Tells whether it is answered without identity. */
    boolean open();

    /** Tells whether it is answered for a tenant only. */
    boolean ofTenant();

    /** Tells whether only plugins go there: then the caller's grants count, its hops and the time that it has left. */
    boolean betweenPlugins();

    /** Answers where the part of the path begins that the handler sees. */
    int from();

    /** Answers what measures its calls, as far as is known before it is known who calls. */
    default @Nullable RouteMeter meter() {
        return null;
    }

    /** Answers what the call comes to for this caller after these tries. */
    Choice choose(String method, Admission.Caller caller, Tries tries);

    /** What a destination answers. */
    sealed interface Choice permits Target, Methods, Refusal {}

    /** A route takes the call; {@code parameters} are the values in its path. */
    record Target(MountedRoute route, Map<String, String> parameters) implements Choice {}

    /**
     * Answers whether a call that missed what was chosen may be tried again: choosing once more then leads elsewhere.
     *
     * @param tries the instances that it was tried at, with this one
     * @param body of the request
     */
    default boolean elsewhere(Missed missed, Admission.Caller caller, Tries tries, Body body) {
        return false;
    }

    /** Somebody asks which methods there are. */
    record Methods(Set<String> allowed) implements Choice {
        /** Answers what he is told (RFC 9110, section 9.3.7). */
        Response told() {
            return Response.status(204).with("Allow", String.join(", ", allowed));
        }
    }
}
