// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Answers the requests for contacts. A fault of the database is left to Mortise: it logs it and answers 500. */
record ContactHandlers(Contacts contacts, Json json) {
    Response list(Request request) throws SQLException {
        return json.ok(new All(contacts.list()));
    }

    Response create(Request request) throws IOException, SQLException {
        ContactInput input = json.read(request.body(), ContactInput.class).validated();
        return json.response(201, new One(contacts.add(input)));
    }

    private record All(List<Contact> data) {}

    private record One(Contact data) {}
}
