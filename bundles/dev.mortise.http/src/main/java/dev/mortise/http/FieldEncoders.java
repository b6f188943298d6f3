// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http2.hpack.HpackFieldPreEncoder;

/**
 * Lets Jetty find its field encoders. {@link PreEncodedHttpField} looks for them once, in its static initializer, by
 * {@link java.util.ServiceLoader} on the thread's context loader; in OSGi no such loader sees the bundles that hold them,
 * and without the one for HTTP/2 every h2c request ends in GOAWAY.
 */
final class FieldEncoders {
    private FieldEncoders() {}

    /** Makes the lookup happen with a loader that sees them; must run before any other class of Jetty is initialised. */
    static void load() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new JoinedLoader(
                List.of(PreEncodedHttpField.class.getClassLoader(), HpackFieldPreEncoder.class.getClassLoader())));
        try {
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Sees what any of its loaders sees. */
    private static final class JoinedLoader extends ClassLoader {
        private final List<ClassLoader> loaders;

        JoinedLoader(List<ClassLoader> loaders) {
            super(null);
            this.loaders = loaders.stream().distinct().toList();
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return loaders.stream()
                    .flatMap(loader -> find(loader, name).stream())
                    .findFirst()
                    .orElseThrow(() -> new ClassNotFoundException(name));
        }

        private static Optional<Class<?>> find(ClassLoader loader, String name) {
            try {
                return Optional.of(loader.loadClass(name));
            } catch (ClassNotFoundException elsewhere) {
                return Optional.empty();
            }
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            List<URL> found = new ArrayList<>();
            for (ClassLoader loader : loaders) {
                found.addAll(Collections.list(loader.getResources(name)));
            }
            return Collections.enumeration(found);
        }
    }
}
