// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Categories in a table. */
record PostgresCategories(Database database) implements Categories {
    private static final String LIST = "SELECT id, name FROM p_inventory__categories ORDER BY name";
    private static final String ADD = "INSERT INTO p_inventory__categories (name) VALUES (?) RETURNING id, name";

    @Override
    public List<Category> list() {
        return database.query(LIST, PostgresCategories::category);
    }

    @Override
    public Category add(String name) {
        try {
            return database.first(ADD, PostgresCategories::category, name).orElseThrow();
        } catch (Database.TakenException e) {
            throw new MortiseException(ErrorCode.CONFLICT, "Category '" + name + "' is there already.", e);
        }
    }

    private static Category category(ResultSet row) throws SQLException {
        return new Category(row.getObject("id", UUID.class), row.getString("name"));
    }
}
