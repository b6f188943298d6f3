// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import dev.mortise.host.leak.leaks.Leaks;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;

/** One leak, made by classes of a loader of their own, as those of a plugin are. */
final class Leak implements AutoCloseable {
    private final ClassLoader loader = new Loader();
    private final AutoCloseable undo;

    Leak(Class<?> kind) throws Exception {
        Object leak = loader.loadClass(kind.getName()).getConstructor().newInstance();
        undo = (AutoCloseable) ((Callable<?>) leak).call();
    }

    List<String> foundBy(LoaderHolder search) {
        return search.holding(loader);
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws Exception {
        undo.close();
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(Leak.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Leaks.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
