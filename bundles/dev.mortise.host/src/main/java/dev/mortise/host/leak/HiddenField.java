// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.lang.reflect.Field;
import java.util.Optional;

/**
 * A field that nobody publishes. It can be read where the command line opens its package, as bin/mortise does for those
 * that are asked for here; elsewhere, and where another JDK calls it otherwise, there is simply no answer.
 */
final class HiddenField {
    private HiddenField() {}

    static Optional<Object> read(Object owner, String name) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            Optional<Field> field = declared(type, name);
            if (field.isPresent()) {
                return value(field.get(), owner);
            }
        }
        return Optional.empty();
    }

    static Optional<Object> readStatic(String type, String name) {
        try {
            Class<?> owner = Class.forName(type, false, ClassLoader.getPlatformClassLoader());
            return declared(owner, name).flatMap(field -> value(field, owner));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    static Optional<Object> value(Field field, Object owner) {
        try {
            return field.trySetAccessible() ? Optional.ofNullable(field.get(owner)) : Optional.empty();
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    private static Optional<Field> declared(Class<?> type, String name) {
        try {
            return Optional.of(type.getDeclaredField(name));
        } catch (NoSuchFieldException | LinkageError e) {
            return Optional.empty();
        }
    }
}
