// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.JsonText;

/**
 * Makes mappers. None shares a cache with another one: caches hold classes, and classes of a plugin must go when the
 * plugin goes.
 */
final class Mappers {
    private static final int DEEPEST = 200;
    private static final int TYPES_CACHED = 200;

    private Mappers() {}

    /** Refuses unknown and repeated keys, missing values, nulls, and values of another kind than asked for. */
    static ObjectMapper strict() {
        JsonMapper.Builder builder = common().enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            builder.withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
        }
        return builder.build();
    }

    /** Is strict, and reads a number with a point as the number that it is, not as the nearest that a double can hold. */
    static ObjectMapper exact() {
        return strict().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Takes what others send: ignores unknown keys. */
    static ObjectMapper lenient() {
        return common().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Takes what others send, and keeps every digit of it. */
    static ObjectMapper verbatim() {
        return lenient().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    private static JsonMapper.Builder common() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        LookupCache<Object, JavaType> types = new LRUMap<>(16, TYPES_CACHED);
        return JsonMapper.builder(factory)
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
                .addMixIn(TenantId.class, TenantText.class)
                .addMixIn(JsonText.class, JsonAsItIs.class)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT));
    }
}
