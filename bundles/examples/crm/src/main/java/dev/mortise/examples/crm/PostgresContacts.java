// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Contacts in a table; row-level security keeps tenants apart. */
record PostgresContacts(DataSource database) implements Contacts {
    private static final String LIST = "SELECT id, name, email FROM p_crm__contacts ORDER BY name, id LIMIT " + MOST;
    private static final String ADD =
            "INSERT INTO p_crm__contacts (name, email) VALUES (?, ?) RETURNING id, name, email";

    @Override
    public List<Contact> list() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(LIST);
                var rows = statement.executeQuery()) {
            List<Contact> contacts = new ArrayList<>();
            while (rows.next()) {
                contacts.add(contact(rows));
            }
            return contacts;
        }
    }

    @Override
    public Contact add(ContactInput input) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(ADD)) {
            statement.setString(1, input.name().orElseThrow().strip());
            statement.setString(2, input.email().orElse(null));
            try (var row = statement.executeQuery()) {
                row.next();
                return contact(row);
            }
        }
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(
                row.getObject("id", UUID.class), row.getString("name"), Optional.ofNullable(row.getString("email")));
    }
}
