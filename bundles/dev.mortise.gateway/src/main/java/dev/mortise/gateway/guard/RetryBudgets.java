// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** The retry budgets of the services that have several instances, by name. */
public final class RetryBudgets {
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
    private final IntSupplier percent;

    /** Makes budgets that let this many retries happen in a hundred calls, as it is set then. */
    public RetryBudgets(IntSupplier percent) {
        this.percent = percent;
    }

    /** Answers the budget of a service that somebody declares, the same one each time. */
    public RetryBudget of(String service) {
        return budgets.computeIfAbsent(service, name -> new RetryBudget(percent));
    }
}
