// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.util.function.Predicate;

/** The question how the instance of a lease is; {@code asking} asks it and answers whether to ask again. */
record LeaseQuestion(Lease lease, Predicate<Lease> asking) implements Asks.Question {
    @Override
    public String whose() {
        return lease.order().announcer();
    }

    @Override
    public boolean answered() {
        return lease.answered();
    }

    @Override
    public void due() {
        lease.pulse().due();
    }

    @Override
    public boolean ask() {
        lease.pulse().asked();
        return asking.test(lease);
    }
}
