// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void letsAFifthOfTheCallsBeRetriedAndThreeMore() {
        RetryBudget budget = new RetryBudget(() -> new RetrySettings(20, 3, 10));
        int retries = 0;

        for (int i = 0; i < 1000; i++) {
            budget.earn();
            retries += budget.spend() ? 1 : 0;
        }

        assertThat(retries).isBetween(195, 203);
    }

    @Test
    void keepsAReserveThatIsMoreThanItsSavings() {
        RetryBudget budget = new RetryBudget(() -> new RetrySettings(20, 5, 1));
        budget.earn();

        int retries = 0;
        while (budget.spend()) {
            retries++;
        }

        assertThat(retries).isEqualTo(5);
    }

    @Test
    void savesUpForTenAtMost() {
        RetryBudget budget = new RetryBudget(() -> new RetrySettings(20, 3, 10));
        for (int i = 0; i < 1000; i++) {
            budget.earn();
        }

        int retries = 0;
        while (budget.spend()) {
            retries++;
        }

        assertThat(retries).isEqualTo(10);
    }

    @Test
    void letsNothingBeRetriedWhereNothingIsEarned() {
        RetryBudget budget = new RetryBudget(() -> new RetrySettings(0, 3, 10));
        budget.earn();

        int retries = 0;
        while (budget.spend()) {
            retries++;
            budget.earn();
        }

        assertThat(retries).isEqualTo(3);
    }
}
