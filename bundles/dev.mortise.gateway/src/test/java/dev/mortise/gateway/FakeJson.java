// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads text as text and flat objects as maps; all else does not fit. */
final class FakeJson implements Json {
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");

    /** Makes such mappers. */
    static final class Factory implements JsonFactory {
        @Override
        public Json strict() {
            return new FakeJson();
        }

        @Override
        public Json lenient() {
            return new FakeJson();
        }
    }

    @Override
    public <T> T read(Body body, Class<T> type) throws IOException {
        return type.cast(read(body.text(), (Type) type));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T read(Body body, Type type) throws IOException {
        return (T) read(body.text(), type);
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        return type.cast(read(text, (Type) type));
    }

    @Override
    public Body write(Object value) {
        return Body.of(value.toString());
    }

    private static Object read(String text, Type type) {
        if (type == String.class) {
            return text;
        }
        if (type != Map.class) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, "'" + text + "' is no " + type.getTypeName() + ".");
        }
        Map<String, String> members = new HashMap<>();
        for (Matcher member = MEMBER.matcher(text); member.find(); ) {
            members.put(member.group(1), member.group(2));
        }
        return members;
    }
}
