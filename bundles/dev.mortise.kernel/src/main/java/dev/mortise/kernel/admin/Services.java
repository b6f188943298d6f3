// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.ServiceHealth;
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

    /**
     * One service instance.
     *
     * @param location bundle, worker or remote
     * @param path where it is called through the gateway
     * @param tenantId the only tenant that it serves
     * @param lastSeenAt when it last served or said that it does
     * @param address its base URL, when it runs in another process; for administrators only
     */
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
            Instant lastSeenAt,
            Optional<String> address) {
        /** Answers what everybody may know who may know of it at all. */
        public Instance withoutAddress() {
            return as(status, Optional.empty());
        }

        /** Answers it as it is for whom it takes no calls now. */
        public Instance unavailable() {
            return as(ServiceHealth.UNAVAILABLE.name(), address);
        }

        private Instance as(String shownStatus, Optional<String> shownAddress) {
            return new Instance(
                    serviceId,
                    serviceName,
                    version,
                    pluginId,
                    pluginVersion,
                    nodeId,
                    location,
                    shownStatus,
                    path,
                    tenantId,
                    endpoints,
                    metadata,
                    lastSeenAt,
                    shownAddress);
        }
    }

    /** One endpoint. */
    record EndpointLine(String method, String path, List<String> permissions) {}

    /** One route. */
    record RouteLine(String method, String path, String owner, List<String> permissions) {}
}
