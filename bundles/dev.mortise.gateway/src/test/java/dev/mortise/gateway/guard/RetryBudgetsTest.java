// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryBudgetsTest {
    private final RetryBudgets budgets = new RetryBudgets(() -> new RetrySettings(20, 3, 10));

    @Test
    void keepTheOneThatSomebodyHolds() {
        RetryBudget held = budgets.of("site.pages");
        System.gc();
        assertThat(budgets.of("site.pages")).isSameAs(held);
    }

    @Test
    void forgetServicesThatNobodyCallsAnyMore() {
        for (int i = 0; i < 100; i++) {
            budgets.of("gone-" + i);
        }
        await().untilAsserted(() -> {
            System.gc();
            assertThat(budgets.count()).isZero();
        });
    }
}
