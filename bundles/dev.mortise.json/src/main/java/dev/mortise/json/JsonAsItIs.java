// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mortise.kernel.model.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What Jackson is told of {@link JsonText}, whose package knows no Jackson: it is any value, as text. */
@JsonDeserialize(using = JsonAsItIs.Reader.class)
interface JsonAsItIs {
    @JsonValue
    @JsonRawValue
    String text();

    /** Copies a value without making anything of it: numbers keep their exact value, null is a value. */
    final class Reader extends JsonDeserializer<JsonText> {
        private static final JsonText NULL = new JsonText("null");

        @Override
        public JsonText deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator copy = parser.getCodec().getFactory().createGenerator(text)) {
                copy.copyCurrentStructureExact(parser);
            }
            return new JsonText(text.toString());
        }

        @Override
        public JsonText getNullValue(DeserializationContext context) {
            return NULL;
        }

        /** What is missing is not null, and is refused where it must be there. */
        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
