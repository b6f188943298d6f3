// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report.
 *
 * @param totalValue the sum of price × quantity
 * @param lowStock products with fewer than 10 pieces, those with none included
 * @param outOfStock products with none
 * @param customers present when plugin {@code crm} answered
 */
record Report(
        int totalProducts,
        BigDecimal totalValue,
        List<Product> lowStock,
        List<Product> outOfStock,
        Instant generatedAt,
        Optional<List<Customer>> customers) {
    private static final int LOW = 10;

    /** Makes the report of these products and customers. */
    static Report of(List<Product> products, Optional<List<Customer>> customers, Instant now) {
        return new Report(
                products.size(),
                products.stream().map(Report::value).reduce(BigDecimal.ZERO, BigDecimal::add),
                products.stream().filter(product -> product.quantity() < LOW).toList(),
                products.stream().filter(product -> product.quantity() == 0).toList(),
                now,
                customers);
    }

    private static BigDecimal value(Product product) {
        return product.price().multiply(BigDecimal.valueOf(product.quantity()));
    }
}
