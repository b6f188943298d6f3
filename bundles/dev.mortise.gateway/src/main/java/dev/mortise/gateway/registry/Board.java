// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where leases show what they stand for: the routing snapshot. */
public interface Board {
    /** Answers the manifests of a plugin that are known here, the version that serves first. */
    List<PluginManifest> known(String plugin);

    /** Answers the other plugin that a service belongs to: because it offers it, or stands ready to. */
    Optional<String> otherOwner(String service, String plugin);

    /** Shows an instance for the first time; or answers what stands against that, and shows nothing. */
    Optional<Objection> admit(RemoteInstance instance, ServiceHealth health, String reason, Instant since);

    /** Why an instance is not shown. */
    sealed interface Objection {
        /** A service of it belongs to another plugin. */
        record Foreign(String service, String owner) implements Objection {}

        /** It would wait for itself, and whatever waits for it too. */
        record Circle(Problem problem) implements Objection {}
    }

    /** Tells whether the service of this id is offered by a bundle of this container. */
    boolean runsHere(String serviceId);

    /** Shows an instance, in the place of what it showed before. */
    void show(RemoteInstance instance, ServiceHealth health, String reason, Instant since);

    /** Takes an instance away: no call comes to it any more. Runs the task when the last one that runs in it has ended. */
    void take(RemoteInstance instance, Runnable whenIdle);
}
