// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.math.BigDecimal;

/** A product's values, checked, without the id that the database gives. */
record ProductValues(String name, String sku, BigDecimal price, int quantity) {}
