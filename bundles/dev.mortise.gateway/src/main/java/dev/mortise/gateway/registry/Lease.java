// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.admin.Registry.Place;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.admin.Registry.Registration;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The place of one instance: who holds it, and how it fares. The monitor of {@link Leases} guards it, but for its pulse. */
final class Lease {
    private final Registration order;
    private final String token;
    private final Pulse pulse;
    private RemoteInstance instance;
    private final Condition condition;
    // Worked out once: every heartbeat asks.
    private Set<String> ids;
    /** Those of the incarnations whose place this one took. */
    private Set<String> replaced = Set.of();

    private volatile int unanswered;
    private boolean ended;

    Lease(Registration order, String token, Pulse pulse, RemoteInstance instance) {
        this.order = order;
        this.token = token;
        this.pulse = pulse;
        this.instance = instance;
        this.ids = idsOf(instance);
        // One that is asked is not known to be well before it was.
        this.condition = order.poll()
                ? new Condition(ServiceHealth.UNAVAILABLE, "The " + instance + " was not asked yet how it is.")
                : new Condition(ServiceHealth.HEALTHY, "");
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

    /** Answers what whoever registered is told. */
    Registered registered(RegistrySettings settings) {
        List<Place> places = services().stream()
                .map(service -> new Place(
                        RemoteInstance.serviceId(instance.id(), service.name().value()),
                        service.name().value(),
                        service.version().text()))
                .toList();
        return new Registered.Done(places, token, instance.hopKey(), settings.stale(), settings.heartbeat());
    }

    /** Tells whether this is the token of the incarnation that registered, in the same time whatever it is. */
    boolean provenBy(String claimed) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8));
    }

    boolean offers(String serviceId) {
        return ids.contains(serviceId);
    }

    /** Takes the place of earlier incarnations, which are to hear that if they are still there. */
    void replaces(Collection<Lease> earlier) {
        replaced = earlier.stream().flatMap(lease -> lease.ids.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether this is the id of an incarnation whose place this one took. */
    boolean replaced(String serviceId) {
        return replaced.contains(serviceId);
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
        return condition.silent();
    }

    boolean ended() {
        return ended;
    }

    ServiceHealth health() {
        return condition.health();
    }

    String reason() {
        return condition.reason();
    }

    /** Takes note of a sign of life that says that it is there; answers whether that changes its health. */
    boolean beats() {
        pulse.beat();
        return condition.revived();
    }

    /** Takes note of what it says of its health; answers whether that is news. */
    boolean says(ServiceHealth health, String why) {
        return condition.says(health, why);
    }

    /** Takes note of what an administrator says, which no heartbeat takes back; answers whether that is news. */
    boolean declared(ServiceHealth health, String why) {
        return condition.declared(health, why);
    }

    /** Takes note of the answer of one that was asked, a sign of life whatever it says; answers whether it is news. */
    boolean answers(ServiceHealth health, String why) {
        pulse.beat();
        boolean heard = condition.heard();
        return condition.says(health, why) || heard;
    }

    /** Takes note of its silence. */
    void fallsSilent(Duration length) {
        condition.falls("The %s gave no sign of life for %d s.".formatted(instance, length.toSeconds()));
    }

    /** Takes note of whether it answered when it was asked. */
    void answered(boolean alive) {
        unanswered = alive ? 0 : Math.min(unanswered + 1, Integer.SIZE);
    }

    /** Tells whether it answered last time, or was not asked yet. */
    boolean answered() {
        return unanswered == 0;
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
