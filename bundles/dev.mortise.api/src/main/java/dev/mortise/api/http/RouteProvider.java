// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes HTTP routes, mounted at {@code /api/v1/p/<plugin>/}. Plugins register it as a declarative service; a
 * route whose method and path equal a declared endpoint realises that endpoint.
 */
@ConsumerType
@FunctionalInterface
public interface RouteProvider {
    /** Answers the routes; asked once each time the service appears, on a thread of the plugin. */
    List<Route> routes();
}
