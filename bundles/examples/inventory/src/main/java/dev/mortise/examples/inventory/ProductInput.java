// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A product as a client sends it: every field may be missing. */
record ProductInput(
        Optional<String> name, Optional<String> sku, Optional<BigDecimal> price, Optional<Integer> quantity) {
    private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 4;

    /** Answers the product's values; refuses with every violation at once. */
    ProductValues validated() {
        List<String> violations = new ArrayList<>();
        Texts.check("name", name, 200, violations);
        Texts.check("sku", sku, 64, violations);
        price.filter(this::refused)
                .ifPresent(value -> violations.add("price is a number from 0 to " + HIGHEST_PRICE + " with at most "
                        + MOST_DECIMALS + " decimals, not " + value));
        quantity.filter(value -> value < 0)
                .ifPresent(value -> violations.add("quantity is a whole number from 0, not " + value));
        Texts.refuse(violations);
        return new ProductValues(
                name.orElseThrow().strip(),
                sku.orElseThrow().strip(),
                price.orElse(BigDecimal.ZERO),
                quantity.orElse(0));
    }

    private boolean refused(BigDecimal value) {
        return value.signum() < 0
                || value.compareTo(HIGHEST_PRICE) > 0
                || value.stripTrailingZeros().scale() > MOST_DECIMALS;
    }
}
