// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import java.util.function.Supplier;

/** The retry budgets of the services that have several instances, by name. */
public final class RetryBudgets {
    // Whoever chooses among the instances of a service holds its budget; those of services that are gone nobody does.
    private final Cache<String, RetryBudget> budgets =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
    private final Supplier<RetrySettings> settings;

    /** Makes budgets with these numbers, as they are set then. */
    public RetryBudgets(Supplier<RetrySettings> settings) {
        this.settings = settings;
    }

    /** Answers the budget of a service that somebody declares, the same one each time. */
    public RetryBudget of(String service) {
        return budgets.get(service, name -> new RetryBudget(settings));
    }

    /** Answers of how many services it knows. */
    long count() {
        budgets.cleanUp();
        return budgets.estimatedSize();
    }
}
