// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.itests.harness.plugins.VersionedRoutes;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The routes of a generated plugin, for jars that are made of classes. */
@Component
public final class Versions implements RouteProvider {
    @Override
    public List<Route> routes() {
        try {
            return new VersionedRoutes().routes();
        } catch (IOException e) {
            throw new IllegalStateException("The jar holds no version.", e);
        }
    }
}
