// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void sumsPriceTimesQuantityExactly() {
        Report report = Report.of(List.of(product("0.10", 3), product("19.99", 2)), Optional.empty(), NOW);

        assertThat(report.totalProducts()).isEqualTo(2);
        assertThat(report.totalValue()).isEqualByComparingTo("40.28");
        assertThat(report.generatedAt()).isEqualTo(NOW);
    }

    @Test
    void countsNoneAsLowStockToo() {
        Product none = product("1", 0);
        Product nine = product("1", 9);
        Product ten = product("1", 10);

        Report report = Report.of(List.of(none, nine, ten), Optional.empty(), NOW);

        assertThat(report.lowStock()).containsExactly(none, nine);
        assertThat(report.outOfStock()).containsExactly(none);
    }

    @Test
    void isEmptyWithoutProducts() {
        Report report = Report.of(List.of(), Optional.of(List.of()), NOW);

        assertThat(report.totalValue()).isEqualByComparingTo("0");
        assertThat(report.customers()).contains(List.of());
    }

    private static Product product(String price, int quantity) {
        return new Product("id", "name", "sku", new BigDecimal(price), quantity);
    }
}
