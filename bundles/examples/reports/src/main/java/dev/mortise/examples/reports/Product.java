// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import java.math.BigDecimal;

/** What this plugin reads of a product of {@code inventory.products}: its own class, no jar is shared. */
record Product(String id, String name, String sku, BigDecimal price, int quantity) {}
