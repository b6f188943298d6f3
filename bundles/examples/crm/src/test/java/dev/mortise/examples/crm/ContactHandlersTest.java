// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.testkit.call.TestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ContactHandlersTest {
    private final ListedContacts contacts = new ListedContacts();
    private final ContactHandlers handlers = new ContactHandlers(contacts, TestJson.json());

    @Test
    void makesAndListsWithoutNullForWhatIsAbsent() throws Exception {
        var made = request("POST", "/contacts").json("{\"name\":\"Ada\"}").to(handlers::create);
        var all = request("GET", "/contacts").to(handlers::list);

        String json =
                "{\"id\":\"%s\",\"name\":\"Ada\"}".formatted(contacts.all.get(0).id());
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().text()).isEqualTo("{\"data\":" + json + "}");
        assertThat(all.body().text()).isEqualTo("{\"data\":[" + json + "]}");
    }

    @Test
    void refusesWhatIsNoContact() {
        assertThatThrownBy(() -> request("POST", "/contacts")
                        .json("{\"name\":\"Ada\",\"email\":\"nowhere\"}")
                        .to(handlers::create))
                .hasMessage("email is no address.");
        assertThat(contacts.all).isEmpty();
    }

    private static final class ListedContacts implements Contacts {
        private final List<Contact> all = new ArrayList<>();

        @Override
        public List<Contact> list() {
            return all;
        }

        @Override
        public Contact add(ContactInput input) {
            all.add(new Contact(UUID.randomUUID(), input.name().orElseThrow(), input.email()));
            return all.get(all.size() - 1);
        }
    }
}
