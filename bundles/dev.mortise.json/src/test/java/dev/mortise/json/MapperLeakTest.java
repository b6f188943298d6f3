// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapperLeakTest {
    /** Stands for a plugin's class; it is loaded a second time by a loader that is to go. */
    public record Sample(String name, List<Sample> children, Optional<Kind> kind) {
        /** An enum of the plugin. */
        public enum Kind {
            LEAF
        }
    }

    @Test
    void letsThePluginsClassesGoWithItsMapper() {
        Json other = new JacksonJsonFactory().strict();

        WeakReference<ClassLoader> loader = useOnce(new JacksonJsonFactory().strict());

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(other.read("{\"name\":\"a\",\"children\":[]}", Sample.class).kind())
                .isEmpty();
    }

    private static WeakReference<ClassLoader> useOnce(Json json) {
        try {
            ClassLoader loader = new PluginLoader();
            Class<?> type = loader.loadClass(Sample.class.getName());
            Object value = json.read(
                    "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}],\"kind\":\"LEAF\"}", type);
            assertThat(json.write(value).text()).contains("\"kind\":\"LEAF\"");
            assertThat(type).isNotEqualTo(Sample.class);
            return new WeakReference<>(loader);
        } catch (ClassNotFoundException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(MapperLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Sample.class.getName())) {
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
