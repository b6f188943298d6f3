// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.json.Json;
import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.TypedService;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a service through an interface of the caller. The proxy's class is made in the loader of that interface and goes
 * with it; nothing of it is kept here.
 */
public final class TypedCalls implements InvocationHandler {
    private final Class<?> type;
    private final ServiceHandle service;
    private final Map<Method, TypedCall> calls;

    private TypedCalls(Class<?> type, ServiceHandle service, Map<Method, TypedCall> calls) {
        this.type = type;
        this.service = service;
        this.calls = calls;
    }

    /**
     * Makes the view.
     *
     * @param services answers the handle on a named service
     * @param json the caller's own mapper, asked for when a body is written
     * @throws IllegalArgumentException naming everything that is wrong with the interface
     */
    public static <T> T of(Class<T> type, Function<String, ServiceHandle> services, Supplier<Json> json) {
        TypedService named = type.getAnnotation(TypedService.class);
        List<String> problems = new ArrayList<>();
        if (!type.isInterface()) {
            problems.add("it is no interface");
        }
        if (named == null) {
            problems.add("it lacks @TypedService(\"<name of the service>\")");
        }
        Map<Method, TypedCall> calls = calls(type, json, problems);
        if (named == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is no typed service: %s.".formatted(type.getName(), String.join("; ", problems)));
        }
        InvocationHandler handler = new TypedCalls(type, services.apply(named.value()), calls);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Map<Method, TypedCall> calls(Class<?> type, Supplier<Json> json, List<String> problems) {
        Map<Method, TypedCall> calls = new HashMap<>();
        for (Method method : type.getMethods()) {
            Endpoint endpoint = method.getAnnotation(Endpoint.class);
            if (endpoint != null) {
                try {
                    calls.put(method, TypedCall.of(method, endpoint, json));
                } catch (IllegalArgumentException e) {
                    problems.add(method.getName() + "(): " + e.getMessage());
                }
            } else if (type.isInterface() && !method.isDefault() && method.getDeclaringClass() != Object.class) {
                problems.add(method.getName() + "() has neither @Endpoint(\"GET /path\") nor a body");
            }
        }
        return calls;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] values) throws Throwable {
        Object[] given = values == null ? new Object[0] : values;
        TypedCall call = calls.get(method);
        if (call != null) {
            return call.on(service, given);
        }
        return method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method, given)
                : byDefault(proxy, method, given);
    }

    private Object ofObject(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getName() + " of " + service;
        };
    }

    // The interface need not be public, so the look-up must be its own; code of plugins is in unnamed, open modules.
    private static @Nullable Object byDefault(Object proxy, Method method, Object[] given) throws Throwable {
        Class<?> owner = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                .unreflectSpecial(method, owner)
                .bindTo(proxy)
                .invokeWithArguments(given);
    }
}
