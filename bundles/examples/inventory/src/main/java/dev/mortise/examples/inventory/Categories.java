// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.util.List;

/** Keeps the categories of the tenant of the current call. */
interface Categories {
    /** Answers all categories, ordered by name. */
    List<Category> list();

    /**
     * Adds a category.
     *
     * @throws dev.mortise.api.error.MortiseException CONFLICT when the name is taken
     */
    Category add(String name);
}
