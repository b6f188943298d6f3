// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.ProtectionDomain;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest way from an object to a class loader along strong references. It reads fields and runs no code of
 * what it meets; it looks near, because what is far away is found from somewhere else.
 */
final class Reach {
    private static final int OBJECTS = 3_000;
    private static final int STEPS = 8;
    private static final int ELEMENTS = 256;

    private final ClassLoader loader;

    Reach(ClassLoader loader) {
        this.loader = loader;
    }

    /** Answers the way in words, which ends with the class that the loader loaded. */
    Optional<String> from(Object root) {
        Queue<Step> open = new ArrayDeque<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        enter(root, name(root.getClass()), 0, open, seen);
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (isOfLoader(step.object())) {
                return Optional.of(step.text());
            }
            if (step.depth() < STEPS && !isBorder(step.object())) {
                follow(step, open, seen);
            }
        }
        return Optional.empty();
    }

    /** An object that was reached, and how. */
    private record Step(Object object, String way, int depth) {
        String text() {
            String end = object instanceof Class<?> type ? "class " + name(type) : name(object.getClass());
            return depth == 0 ? end : way + " is " + end;
        }
    }

    /** What follows tells nobody anything: a number that the JDK gives to each lambda. */
    private static String name(Class<?> type) {
        return type.getTypeName().replaceFirst("\\$\\$Lambda.*", " (lambda)");
    }

    private boolean isOfLoader(Object object) {
        return object == loader
                || object.getClass().getClassLoader() == loader
                || (object instanceof Class<?> type && type.getClassLoader() == loader)
                || (object instanceof ProtectionDomain domain && domain.getClassLoader() == loader);
    }

    /** Behind these lies everything, or nothing that is held. */
    private static boolean isBorder(Object object) {
        return object instanceof ClassLoader
                || object instanceof Class<?>
                || object instanceof Module
                || object instanceof Thread
                || object instanceof Reference<?>
                || object instanceof String
                || object instanceof Number;
    }

    private static void follow(Step step, Queue<Step> open, Set<Object> seen) {
        Object object = step.object();
        if (object instanceof Object[] array) {
            for (int i = 0; i < Math.min(array.length, ELEMENTS); i++) {
                enter(array[i], step.way() + "[" + i + "]", step.depth() + 1, open, seen);
            }
        } else if (!object.getClass().isArray()) {
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                fields(type, step, open, seen);
            }
        }
    }

    private static void fields(Class<?> type, Step step, Queue<Step> open, Set<Object> seen) {
        try {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    HiddenField.value(field, step.object())
                            .ifPresent(next ->
                                    enter(next, step.way() + "." + field.getName(), step.depth() + 1, open, seen));
                }
            }
        } catch (LinkageError e) {
            // its fields are of classes that are no longer to be had
            seen.add(type);
        }
    }

    private static void enter(@Nullable Object next, String way, int depth, Queue<Step> open, Set<Object> seen) {
        if (next != null && seen.size() < OBJECTS && seen.add(next)) {
            open.add(new Step(next, way, depth));
        }
    }
}
