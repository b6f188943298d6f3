// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import org.osgi.service.component.annotations.Component;

/** Makes mappers for the bundles of Mortise. */
@Component
public final class JacksonJsonFactory implements JsonFactory {
    @Override
    public Json strict() {
        return new JacksonJson(Mappers::strict);
    }

    @Override
    public Json exact() {
        return new JacksonJson(Mappers::exact);
    }

    @Override
    public Json lenient() {
        return new JacksonJson(Mappers::lenient);
    }

    @Override
    public Json verbatim() {
        return new JacksonJson(Mappers::verbatim);
    }
}
