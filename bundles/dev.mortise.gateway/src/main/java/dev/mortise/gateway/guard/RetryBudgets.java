// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The retry budgets of the services that have several instances, by name. */
public final class RetryBudgets {
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
    private final Supplier<RetrySettings> settings;

    /** Makes budgets with these numbers, as they are set then. */
    public RetryBudgets(Supplier<RetrySettings> settings) {
        this.settings = settings;
    }

    /** Answers the budget of a service that somebody declares, the same one each time. */
    public RetryBudget of(String service) {
        return budgets.computeIfAbsent(service, name -> new RetryBudget(settings));
    }
}
