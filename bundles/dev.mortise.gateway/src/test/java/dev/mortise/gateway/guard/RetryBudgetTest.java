// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void letsAFifthOfTheCallsBeRetriedAndThreeMore() {
        RetryBudget budget = new RetryBudget(() -> 20);
        int retries = 0;

        for (int i = 0; i < 1000; i++) {
            budget.earn();
            retries += budget.spend() ? 1 : 0;
        }

        assertThat(retries).isBetween(195, 203);
    }

    @Test
    void savesUpForTenAtMost() {
        RetryBudget budget = new RetryBudget(() -> 20);
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
        RetryBudget budget = new RetryBudget(() -> 0);
        budget.earn();

        int retries = 0;
        while (budget.spend()) {
            retries++;
            budget.earn();
        }

        assertThat(retries).isEqualTo(3);
    }
}
