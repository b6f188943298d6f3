// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Products in a table; row-level security keeps tenants apart, so no statement here names one. */
record PostgresProducts(Database database) implements Products {
    private static final String FOUND = """
            FROM p_inventory__products
            WHERE position(lower(?) IN lower(name)) > 0 OR position(lower(?) IN lower(sku)) > 0
            """;
    private static final String COUNT = "SELECT count(*) " + FOUND;
    private static final String LIST =
            "SELECT id, name, sku, price, quantity " + FOUND + "ORDER BY name, id LIMIT ? OFFSET ?";
    private static final String FIND = "SELECT id, name, sku, price, quantity FROM p_inventory__products WHERE id = ?";
    private static final String ADD = """
            INSERT INTO p_inventory__products (name, sku, price, quantity) VALUES (?, ?, ?, ?)
            RETURNING id, name, sku, price, quantity
            """;
    private static final String REPLACE = """
            UPDATE p_inventory__products SET name = ?, sku = ?, price = ?, quantity = ? WHERE id = ?
            RETURNING id, name, sku, price, quantity
            """;
    private static final String DELETE = "DELETE FROM p_inventory__products WHERE id = ?";

    @Override
    public ProductPage list(PageQuery query) {
        String part = query.search();
        long total = database.first(COUNT, row -> row.getLong(1), part, part).orElseThrow();
        return new ProductPage(
                database.query(LIST, PostgresProducts::product, part, part, query.take(), query.skip()), total);
    }

    @Override
    public Optional<Product> find(UUID id) {
        return database.first(FIND, PostgresProducts::product, id);
    }

    @Override
    public Product add(ProductValues values) {
        return unlessTaken(values, () -> database.first(ADD, PostgresProducts::product, columns(values)))
                .orElseThrow();
    }

    @Override
    public Optional<Product> replace(UUID id, ProductValues values) {
        return unlessTaken(
                values,
                () -> database.first(
                        REPLACE,
                        PostgresProducts::product,
                        values.name(),
                        values.sku(),
                        values.price(),
                        values.quantity(),
                        id));
    }

    @Override
    public boolean delete(UUID id) {
        return database.change(DELETE, id) == 1;
    }

    private static <T> T unlessTaken(ProductValues values, Supplier<T> write) {
        try {
            return write.get();
        } catch (Database.TakenException e) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    "Another product has the sku '" + values.sku() + "'. Choose another one, or change that product.",
                    e);
        }
    }

    private static Object[] columns(ProductValues values) {
        return new Object[] {values.name(), values.sku(), values.price(), values.quantity()};
    }

    private static Product product(ResultSet row) throws SQLException {
        return new Product(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("sku"),
                row.getBigDecimal("price"),
                row.getInt("quantity"));
    }
}
