// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.testkit.call.TestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CategoryHandlersTest {
    private final ListedCategories categories = new ListedCategories();
    private final CategoryHandlers handlers = new CategoryHandlers(categories, TestJson.json());

    @Test
    void makesAndLists() throws Exception {
        var made = request("POST", "/categories").json("{\"name\":\" Tools \"}").to(handlers::create);
        var all = request("GET", "/categories").to(handlers::list);

        String json = "{\"id\":\"%s\",\"name\":\"Tools\"}"
                .formatted(categories.list().get(0).id());
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().text()).isEqualTo("{\"data\":" + json + "}");
        assertThat(all.body().text()).isEqualTo("{\"data\":[" + json + "]}");
    }

    @Test
    void requiresAName() {
        assertThatThrownBy(() -> request("POST", "/categories").json("{}").to(handlers::create))
                .hasMessage("name is required.");
    }

    private static final class ListedCategories implements Categories {
        private final List<Category> all = new ArrayList<>();

        @Override
        public List<Category> list() {
            return all;
        }

        @Override
        public Category add(String name) {
            all.add(new Category(UUID.randomUUID(), name));
            return all.get(all.size() - 1);
        }
    }
}
