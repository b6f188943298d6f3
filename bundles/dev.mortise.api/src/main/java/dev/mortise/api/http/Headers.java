// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ProviderType;

/** HTTP fields with case-insensitive names and one or more values each (RFC 9110, section 5). Immutable. */
@ProviderType
public interface Headers {
    /** Answers the first value of the field. */
    Optional<String> first(String name);

    /** Answers all values of the field in their order, empty when it is absent. */
    List<String> all(String name);

    /** Answers the names that are present. */
    Set<String> names();

    /** Hands every field to the visitor, name and values, without looking any of them up. */
    default void forEach(BiConsumer<String, List<String>> visitor) {
        names().forEach(name -> visitor.accept(name, all(name)));
    }

    /** Answers these fields with the one field replaced. */
    Headers with(String name, String value);

    /** Answers fields without any entry. */
    static Headers none() {
        return MapHeaders.EMPTY;
    }

    /** Makes fields of one entry. */
    static Headers of(String name, String value) {
        return SingleHeader.of(name, value);
    }

    /** Makes fields of a map from name to values. */
    static Headers of(Map<String, List<String>> fields) {
        return MapHeaders.of(fields);
    }
}
