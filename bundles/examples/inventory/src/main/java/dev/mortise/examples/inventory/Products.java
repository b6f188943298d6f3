// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.util.Optional;
import java.util.UUID;

/** Keeps the products of the tenant of the current call. */
interface Products {
    /** Answers a page, ordered by name. */
    ProductPage list(PageQuery query);

    /** Finds a product. */
    Optional<Product> find(UUID id);

    /**
     * Adds a product.
     *
     * @throws dev.mortise.api.error.MortiseException CONFLICT when another product has the sku
     */
    Product add(ProductValues values);

    /**
     * Replaces a product's values; nothing when there is no such product.
     *
     * @throws dev.mortise.api.error.MortiseException CONFLICT when another product has the sku
     */
    Optional<Product> replace(UUID id, ProductValues values);

    /** Deletes a product; false when there is no such product. */
    boolean delete(UUID id);
}
