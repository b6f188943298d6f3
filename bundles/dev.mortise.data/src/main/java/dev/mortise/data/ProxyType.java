// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Makes proxies of one type without a look for their class: a plugin gets three for each statement, and the JDK's look took
 * longer than all that they do.
 *
 * @param <T> the interface
 */
final class ProxyType<T> {
    private final Class<T> type;
    private final Constructor<?> constructor;

    private ProxyType(Class<T> type, Constructor<?> constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /** Makes the class of such proxies; the interface must be public and in an exported package, so that the class is, too. */
    static <T> ProxyType<T> of(Class<T> type) {
        Object first = Proxy.newProxyInstance(
                ProxyType.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> null);
        try {
            Constructor<?> constructor = first.getClass().getConstructor(InvocationHandler.class);
            // it is accessible anyway; said, so that nobody looks who asks each time
            constructor.setAccessible(true);
            return new ProxyType<>(type, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A class of proxies has this constructor.", e);
        }
    }

    /** Tells whether objects of a class can be shown as ones of this type. */
    boolean shows(Class<?> other) {
        return type.isAssignableFrom(other);
    }

    /** Makes a proxy. */
    T proxy(InvocationHandler handler) {
        try {
            return type.cast(constructor.newInstance(handler));
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A class of proxies is public and does nothing when one is made.", e);
        }
    }
}
