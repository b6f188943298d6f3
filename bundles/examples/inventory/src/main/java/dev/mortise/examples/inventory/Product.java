// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.math.BigDecimal;
import java.util.UUID;

/** A product as clients see it. */
record Product(UUID id, String name, String sku, BigDecimal price, int quantity) {}
