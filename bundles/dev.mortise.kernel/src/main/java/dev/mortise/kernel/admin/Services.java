// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service registry as an operator sees it. Implemented by the gateway. */
public interface Services {
    /** Answers every instance, ordered by name. */
    List<Instance> list();

    /** Answers the instances of a service whose version fits the range, best first; empty when there is none. */
    List<Instance> discover(String serviceName, Optional<String> range);

    /** Answers every mounted route of plugins and of the core, ordered by path. */
    List<RouteLine> routes();

    /** One service instance; the JSON shape of CONTRACTS.md. */
    record Instance(
            String serviceId,
            String serviceName,
            String version,
            String pluginId,
            String pluginVersion,
            String nodeId,
            String location,
            String status,
            String path,
            Optional<String> tenantId,
            List<EndpointLine> endpoints,
            Map<String, String> metadata,
            Instant lastSeenAt) {}

    /** One endpoint. */
    record EndpointLine(String method, String path, List<String> permissions) {}

    /** One route. */
    record RouteLine(String method, String path, String owner, List<String> permissions) {}
}
