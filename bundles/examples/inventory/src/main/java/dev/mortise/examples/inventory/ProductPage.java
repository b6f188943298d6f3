// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.util.List;

/** Some of the products that were asked for, and how many there are in all. */
record ProductPage(List<Product> data, long total) {}
