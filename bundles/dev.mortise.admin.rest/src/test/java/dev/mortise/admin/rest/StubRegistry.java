// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what it was asked for, and answers as it is told. */
final class StubRegistry implements Registry {
    final List<Registration> registrations = new ArrayList<>();
    final List<String> orders = new ArrayList<>();
    final List<Claim> claims = new ArrayList<>();
    Optional<Refused> refusal = Optional.empty();

    void refuses(ErrorCode code, String detail) {
        refusal = Optional.of(new Refused(code, detail));
    }

    @Override
    public Registered register(Registration order) {
        registrations.add(order);
        return refusal.<Registered>map(Registered.Not::new)
                .orElseGet(() -> new Registered.Done(
                        List.of(
                                new Place("i-1", "reports.generator", "1.0.0"),
                                new Place("i-2", "reports.old", "0.9.0")),
                        "lease",
                        "key",
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5)));
    }

    @Override
    public Outcome heartbeat(Claim claim) {
        return outcome("heartbeat", claim, ServiceHealth.HEALTHY);
    }

    @Override
    public Outcome setHealth(Claim claim, ServiceHealth health) {
        return outcome("health " + health, claim, health);
    }

    @Override
    public Outcome deregister(Claim claim) {
        return outcome("deregister", claim, ServiceHealth.UNAVAILABLE);
    }

    private Outcome outcome(String order, Claim claim, ServiceHealth health) {
        orders.add(order);
        claims.add(claim);
        return refusal.<Outcome>map(Outcome.Not::new).orElseGet(() -> new Outcome.Done(health));
    }
}
