// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Products in memory. */
final class MapProducts implements Products {
    private final Map<UUID, Product> products = new LinkedHashMap<>();

    @Override
    public ProductPage list(PageQuery query) {
        List<Product> found = products.values().stream()
                .filter(product -> product.name().contains(query.search()))
                .sorted(Comparator.comparing(Product::name))
                .toList();
        return new ProductPage(
                found.stream().skip(query.skip()).limit(query.take()).toList(), found.size());
    }

    @Override
    public Optional<Product> find(UUID id) {
        return Optional.ofNullable(products.get(id));
    }

    @Override
    public Product add(ProductValues values) {
        if (products.values().stream().anyMatch(product -> product.sku().equals(values.sku()))) {
            throw new MortiseException(ErrorCode.CONFLICT, "Another product has the sku '" + values.sku() + "'.");
        }
        return put(UUID.randomUUID(), values);
    }

    @Override
    public Optional<Product> replace(UUID id, ProductValues values) {
        return find(id).map(old -> put(id, values));
    }

    @Override
    public boolean delete(UUID id) {
        return products.remove(id) != null;
    }

    private Product put(UUID id, ProductValues values) {
        Product product = new Product(id, values.name(), values.sku(), values.price(), values.quantity());
        products.put(id, product);
        return product;
    }
}
