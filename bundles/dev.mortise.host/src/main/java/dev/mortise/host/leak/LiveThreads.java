// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All threads that run: those of the platform, and the virtual ones where the JDK has them and shows them. */
final class LiveThreads {
    private static final String CONTAINERS = "jdk.internal.vm.ThreadContainers";

    private LiveThreads() {}

    static Collection<Thread> all() {
        return Stream.concat(Thread.getAllStackTraces().keySet().stream(), virtual())
                .distinct()
                .toList();
    }

    /** A virtual thread that is blocked is kept by the container that tracks it, so it holds what it sees. */
    private static Stream<Thread> virtual() {
        try {
            Class<?> containers = Class.forName(CONTAINERS, false, ClassLoader.getPlatformClassLoader());
            return call(containers, containers, "root").stream().flatMap(root -> inside(containers, root));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static Stream<Thread> inside(Class<?> containers, Object container) {
        Stream<Thread> own =
                call(container.getClass(), container, "threads").stream().flatMap(LiveThreads::threads);
        Stream<Thread> below = call(container.getClass(), container, "children").stream()
                .flatMap(children -> ((Stream<?>) children).flatMap(child -> inside(containers, child)));
        return Stream.concat(own, below);
    }

    private static Stream<Thread> threads(Object found) {
        return ((Stream<?>) found).filter(Thread.class::isInstance).map(Thread.class::cast);
    }

    private static Optional<Object> call(Class<?> type, Object owner, String name) {
        try {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                for (Method method : List.of(at.getDeclaredMethods())) {
                    if (method.getName().equals(name) && method.getParameterCount() == 0 && method.trySetAccessible()) {
                        return Optional.ofNullable(method.invoke(owner));
                    }
                }
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
