// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.Objects;

/** The rate of a service. It is no record because each call looks for it and tells of it. */
public final class RateRule {
    private final String service;
    private final long perSecond;
    private final String policyField;
    private final int hash;

    /**
     * Makes a rule.
     *
     * @param service its name
     * @param perSecond requests of one tenant in a second; as many may come at once
     */
    public RateRule(String service, long perSecond) {
        this.service = service;
        this.perSecond = perSecond;
        this.policyField = "\"" + service + "\";q=" + perSecond + ";w=1";
        this.hash = Objects.hash(service, perSecond);
    }

    /** Answers the name of the service. */
    public String service() {
        return service;
    }

    /** Answers how many requests of one tenant it takes in a second. */
    public long perSecond() {
        return perSecond;
    }

    /** Answers the field {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). */
    String policyField() {
        return policyField;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RateRule rule && perSecond == rule.perSecond && service.equals(rule.service));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return policyField;
    }
}
