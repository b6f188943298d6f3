// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.worker.plugin.PlainPlugin;
import dev.mortise.worker.plugin.RunningPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a plugin that is plain Java, outside of any framework: a class that implements {@code RouteProvider} (and, if it likes,
 * {@code ToolProvider}, {@code PluginLifecycle} and Felix's {@code HealthCheck}), with its {@code plugin.json} at the root of
 * the class path.
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *     MortiseWorker.run(services -> new Weather(services.get(Json.class)), arguments);
 * }
 * }</pre>
 *
 * <p>The arguments are those of {@code mortise worker} without {@code --plugin}: with {@code --core} and {@code --token-file}
 * it announces itself there, without them it runs alone for its author. Started by a container, as {@code runtime.command} of
 * its plugin, it is a worker. The process ends with it, with the exit codes of {@code mortise}.
 */
public final class MortiseWorker {
    private static final String MANIFEST = "plugin.json";

    private MortiseWorker() {}

    /** What the platform gives to a plugin: the services that a bundle has as references of its components. */
    public interface Services {
        /**
         * Answers a service, such as {@code Json}, {@code ServiceClient} or {@code SharedData}.
         *
         * @throws IllegalArgumentException when there is none of this type
         */
        <T> T get(Class<T> type);
    }

    /** Runs a plugin that needs nothing of the platform, and ends the process. */
    public static void run(Object plugin, String... arguments) {
        run(services -> plugin, arguments);
    }

    /**
     * Runs a plugin that is made of what the platform gives to it, and ends the process.
     *
     * @param maker makes the plugin, once
     */
    public static void run(Function<Services, Object> maker, String... arguments) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        System.exit(Program.run(List.of(arguments), System.getenv(), (options, judged) -> {
            PluginManifest manifest = ManifestText.read(text(loader), judged);
            return new PlainSource(manifest, maker);
        }));
    }

    private static String text(ClassLoader loader) throws Exit {
        try (InputStream in = loader.getResourceAsStream(MANIFEST)) {
            if (in == null) {
                throw new Exit(Exit.USAGE, "There is no plugin.json at the root of the class path.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record PlainSource(PluginManifest manifest, Function<Services, Object> maker) implements PluginSource {
        @Override
        public RunningPlugin start(List<Offer<?>> offers) {
            return new PlainPlugin(manifest, maker.apply(new Offered(offers)));
        }
    }

    private record Offered(List<Offer<?>> offers) implements Services {
        @Override
        public <T> T get(Class<T> type) {
            return offers.stream()
                    .filter(offer -> offer.type() == type)
                    .map(offer -> type.cast(offer.service()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The platform gives no " + type.getName() + " to a plugin in a process of its own."));
        }
    }
}
