// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.admin.Registry.Registration;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The place of one instance: who holds it, and how it fares. The monitor of {@link Leases} guards it, but for its pulse. */
final class Lease {
    private final Registration order;
    private final String token;
    private final Pulse pulse;
    private RemoteInstance instance;
    private ServiceHealth said;
    private String reason;
    // Worked out once: every heartbeat asks.
    private Set<String> ids;
    private volatile int unanswered;
    private boolean silent;
    private boolean ended;

    Lease(Registration order, String token, Pulse pulse, RemoteInstance instance) {
        this.order = order;
        this.token = token;
        this.pulse = pulse;
        this.instance = instance;
        this.ids = idsOf(instance);
        // One that is asked is not known to be well before it was.
        this.said = order.poll() ? ServiceHealth.UNAVAILABLE : ServiceHealth.HEALTHY;
        this.reason = order.poll() ? "The " + instance + " was not asked yet how it is." : "";
    }

    RemoteInstance instance() {
        return instance;
    }

    Registration order() {
        return order;
    }

    String token() {
        return token;
    }

    Pulse pulse() {
        return pulse;
    }

    List<ServiceDeclaration> services() {
        return instance.manifest().services();
    }

    /** Tells whether this is the token of the incarnation that registered, in the same time whatever it is. */
    boolean provenBy(String claimed) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8));
    }

    boolean offers(String serviceId) {
        return ids.contains(serviceId);
    }

    boolean offers(String plugin, String service) {
        return plugin.equals(order.plugin())
                && services().stream().anyMatch(one -> one.name().value().equals(service));
    }

    /** Tells whether another registration asks for this very place. */
    boolean standsWhere(Registration other, List<ServiceDeclaration> wanted) {
        return order.plugin().equals(other.plugin())
                && Address.of(order.baseUrl()).equals(Address.of(other.baseUrl()))
                && wanted.stream()
                        .anyMatch(
                                service -> offers(order.plugin(), service.name().value()));
    }

    boolean silent() {
        return silent;
    }

    boolean ended() {
        return ended;
    }

    ServiceHealth health() {
        return silent ? ServiceHealth.UNAVAILABLE : said;
    }

    String reason() {
        return reason;
    }

    /** Takes note of a sign of life; answers whether that changes its health. */
    boolean beats() {
        pulse.beat();
        if (health() != ServiceHealth.UNAVAILABLE) {
            return false;
        }
        silent = false;
        said = said == ServiceHealth.UNAVAILABLE ? ServiceHealth.HEALTHY : said;
        reason = "";
        return true;
    }

    /** Takes note of what is said of its health; answers whether that is news. */
    boolean says(ServiceHealth health, String why) {
        boolean changes = silent || said != health || !reason.equals(why);
        said = health;
        reason = why;
        return changes;
    }

    /** Takes note of the answer of one that was asked, a sign of life whatever it says; answers whether it is news. */
    boolean answers(ServiceHealth health, String why) {
        pulse.beat();
        boolean changes = says(health, why);
        silent = false;
        return changes;
    }

    /** Takes note of its silence. */
    void fallsSilent(Duration length) {
        silent = true;
        reason = "The %s gave no sign of life for %d s.".formatted(instance, length.toSeconds());
    }

    /** Takes note of whether it answered when it was asked. */
    void answered(boolean alive) {
        unanswered = alive ? 0 : Math.min(unanswered + 1, Integer.SIZE);
    }

    /** Answers how long to wait before it is asked again: longer each time that it did not answer. */
    Duration patience(RegistrySettings settings) {
        return settings.heartbeat().multipliedBy(settings.asking().pause(unanswered));
    }

    void offersNoLonger(String service) {
        instance = instance.offering(services().stream()
                .filter(one -> !one.name().value().equals(service))
                .toList());
        ids = idsOf(instance);
    }

    private static Set<String> idsOf(RemoteInstance instance) {
        return instance.manifest().services().stream()
                .map(service ->
                        RemoteInstance.serviceId(instance.id(), service.name().value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    void end() {
        ended = true;
    }
}
