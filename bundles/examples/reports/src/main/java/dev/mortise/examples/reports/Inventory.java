// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.TypedService;
import java.util.ArrayList;
import java.util.List;

/** The service {@code inventory.products} as this plugin uses it. */
@TypedService("inventory.products")
interface Inventory {
    int PAGE = 500;

    /** Answers some products of the call's tenant. */
    @Endpoint("GET /products?skip={skip}&take={take}")
    ProductPage page(int skip, int take);

    /**
     * Answers all products of the call's tenant, page by page.
     *
     * @throws dev.mortise.api.service.ServiceException when the inventory does not answer, or not with products; thrown
     *     out of a handler it answers the client 503 for a provider that is not there, 502 for one that says anything else
     */
    default List<Product> products() {
        List<Product> products = new ArrayList<>();
        ProductPage page;
        do {
            page = page(products.size(), PAGE);
            products.addAll(page.data());
        } while (!page.data().isEmpty() && products.size() < page.total());
        return products;
    }
}
