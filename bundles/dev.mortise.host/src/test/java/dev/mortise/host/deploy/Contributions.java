// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.Routing;
import java.util.List;
import java.util.Optional;

/** What plugins of tests bring: one route. */
final class Contributions {
    private Contributions() {}

    static Contribution of(Optional<Problem> degraded) {
        return of(degraded, 0);
    }

    static Contribution of(Optional<Problem> degraded, int contractsLeft) {
        return of("bundle", degraded, contractsLeft);
    }

    static Contribution at(String location) {
        return of(location, Optional.empty(), 0);
    }

    private static Contribution of(String location, Optional<Problem> degraded, int contractsLeft) {
        return new Contribution(
                location,
                Contributions.class.getClassLoader(),
                List.of(Route.get("/x", request -> {
                    throw new IllegalStateException("never called");
                })),
                Routing.Tools.NONE,
                List.of(),
                List.of(),
                degraded,
                0,
                contractsLeft,
                List.of());
    }
}
