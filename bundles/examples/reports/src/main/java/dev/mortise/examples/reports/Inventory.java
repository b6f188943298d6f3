// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import dev.mortise.api.service.ServiceHandle;
import java.util.ArrayList;
import java.util.List;

/** The service {@code inventory.products} as this plugin uses it. */
record Inventory(ServiceHandle service) {
    private static final int PAGE = 500;

    /**
     * Answers all products of the call's tenant, page by page.
     *
     * @throws dev.mortise.api.service.ServiceException when the inventory does not answer; thrown out of a handler it
     *     reaches the client with its own code, 503 for a provider that is not there
     */
    List<Product> products() {
        List<Product> products = new ArrayList<>();
        ProductPage page;
        do {
            page = service.get("/products?skip={skip}&take={take}", products.size(), PAGE)
                    .as(ProductPage.class);
            products.addAll(page.data());
        } while (!page.data().isEmpty() && products.size() < page.total());
        return products;
    }
}
