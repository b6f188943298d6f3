// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes in service instances that run elsewhere: in another process of this machine or on another one. An instance holds
 * its place by a lease that its heartbeats renew; without them it is UNAVAILABLE after a while and revived by the next one.
 * Implemented by the gateway; what bundles of this container offer is registered by their deployment.
 */
public interface Registry {
    /** Registers an instance of one service, or of all services of its plugin. Looks the address up, so it may block. */
    Registered register(Registration order);

    /**
     * Renews a lease. It says that the instance is there for calls: one that was silent, or said itself that it is
     * UNAVAILABLE, is HEALTHY again. What an administrator declared stays.
     */
    Outcome heartbeat(Claim claim);

    /**
     * Sets what the instance itself says of its health, or an administrator, who has no lease token. The worse one counts.
     * What the instance says of itself holds until it says otherwise, and UNAVAILABLE until its next heartbeat; what an
     * administrator declares holds until he declares it HEALTHY, or the registration ends.
     */
    Outcome setHealth(Claim claim, ServiceHealth health);

    /** Takes an instance of a service out of the registry. */
    Outcome deregister(Claim claim);

    /**
     * Who registers what.
     *
     * @param announcer the id of the credential's identity: another one can't take a place over while it is held
     * @param plugin whose services
     * @param manifest the plugin's manifest; empty when that plugin is known here
     * @param serviceName the service; empty for all that the manifest declares
     * @param version its version; empty for the one that is declared
     * @param baseUrl where it is called: the paths of its endpoints are put behind this
     * @param node the name of the machine
     * @param poll whether it is asked for its health, because it sends no heartbeats
     * @param tenant the only tenant that it serves
     */
    record Registration(
            String announcer,
            String plugin,
            Optional<PluginManifest> manifest,
            Optional<String> serviceName,
            Optional<String> version,
            String baseUrl,
            Optional<String> node,
            boolean poll,
            Optional<String> tenant) {}

    /**
     * Who speaks of which instance.
     *
     * @param plugin the plugin that the credential is bound to; empty for administrators
     * @param serviceId the instance, or empty when plugin and service name say enough
     * @param pluginId the plugin whose service it is
     * @param leaseToken proves that it is the incarnation that registered; administrators need none
     */
    record Claim(
            Optional<String> plugin,
            Optional<String> serviceId,
            Optional<String> pluginId,
            Optional<String> serviceName,
            Optional<String> leaseToken) {}

    /** What registering came to. */
    sealed interface Registered {
        /**
         * The instance is registered.
         *
         * @param services the instances, in the order of the manifest; never empty
         * @param leaseToken what the heartbeats carry
         * @param hopKey verifies the tokens of the calls that come to it
         * @param ttl after how long without heartbeat it is UNAVAILABLE
         */
        record Done(List<Place> services, String leaseToken, String hopKey, Duration ttl, Duration heartbeat)
                implements Registered {
            @Override
            public String toString() {
                return "Done[" + services + ", leaseToken=***, hopKey=***]";
            }
        }

        /** It is not, with the problem as the surfaces tell it. */
        record Not(Refused refused) implements Registered {}
    }

    /** One registered instance. */
    record Place(String serviceId, String serviceName, String version) {}

    /** What speaking of an instance came to. */
    sealed interface Outcome {
        /** It is so. */
        record Done(ServiceHealth health) implements Outcome {}

        /** It is not, with the problem as the surfaces tell it. */
        record Not(Refused refused) implements Outcome {}
    }

    /** Why not: one of the codes of the API and a sentence. */
    record Refused(ErrorCode code, String detail) {}
}
