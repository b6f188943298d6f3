// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import java.util.List;

/** The answer of {@code GET /products}. */
record ProductPage(List<Product> data, long total) {}
