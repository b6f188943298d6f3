// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.api.tool.ToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Products for language models: clients of the Model Context Protocol find this tool as {@code inventory_find_products}. What
 * it may be given says its schema, which Mortise has checked before it is called.
 */
@Component
public final class ProductTools implements ToolProvider {
    private static final int DEFAULT_LIMIT = 20;
    private static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "search": {"type": "string", "description": "A part of the name or sku, in any case. Without it: all."},
               "limit": {"type": "integer", "minimum": 1, "maximum": 100}},
             "additionalProperties": false}
            """;

    private final Products products;
    private final Json json;

    /** Both references are this plugin's own, as those of the routes. */
    @Activate
    public ProductTools(@Reference DataSource database, @Reference Json json) {
        this(new PostgresProducts(new Database(database)), json);
    }

    ProductTools(Products products, Json json) {
        this.products = products;
        this.json = json;
    }

    @Override
    public List<Tool> tools() {
        return List.of(
                Tool.of("find_products", "Finds products by name or sku, with price and quantity.", SCHEMA, this::find)
                        .requiring("plugin.inventory.products.read"));
    }

    /** What the schema says of the arguments. */
    record Wanted(Optional<String> search, Optional<Integer> limit) {}

    private ToolResult find(ToolCall call) throws IOException {
        Wanted wanted = json.read(call.arguments(), Wanted.class);
        PageQuery query = new PageQuery(
                0,
                wanted.limit().orElse(DEFAULT_LIMIT),
                wanted.search().orElse("").strip());
        return ToolResult.json(json.write(products.list(query)));
    }
}
