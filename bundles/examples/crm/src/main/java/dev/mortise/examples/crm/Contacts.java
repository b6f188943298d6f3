// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import java.sql.SQLException;
import java.util.List;

/** Keeps the contacts of the tenant of the current call. */
interface Contacts {
    /** The most contacts that one answer holds. */
    int MOST = 1_000;

    /** Answers the first contacts, ordered by name. */
    List<Contact> list() throws SQLException;

    /** Adds a contact. */
    Contact add(ContactInput input) throws SQLException;
}
