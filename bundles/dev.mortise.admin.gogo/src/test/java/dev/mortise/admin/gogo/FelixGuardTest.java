// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.gogo.command.Basic;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.shell.Converters;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

final class FelixGuardTest {
    private Framework framework;
    private CommandSession session;

    @BeforeEach
    void startFramework(@TempDir Path cache) throws Exception {
        framework = factory().newFramework(new HashMap<>(Map.of("org.osgi.framework.storage", cache.toString())));
        framework.start();
        BundleContext context = framework.getBundleContext();
        context.installBundle("mortise:reports:ab12", bundle("reports"));
        context.installBundle("file:library.jar", bundle("library"));
        context.registerService(
                Basic.class,
                new Basic(context),
                new Hashtable<>(Map.of(
                        "osgi.command.scope", "felix", "osgi.command.function", new String[] {"start", "stop"})));
        CommandProcessorImpl processor = new CommandProcessorImpl();
        processor.addConverter(new Converters(context));
        processor.addConverter(new TextConverter());
        FelixGuard guard = new FelixGuard(context);
        for (String function : List.of("start", "stop", "update", "uninstall", "refresh", "bundlelevel")) {
            processor.addCommand("felix", guard, function, 1000);
        }
        session = processor.createSession(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    @AfterEach
    void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "felix:start 1",
                "felix:stop 1",
                "felix:stop -t 1",
                "felix:stop 2 1",
                "felix:stop reports",
                "felix:stop mortise:reports:ab12",
                "felix:update 1",
                "felix:uninstall 1",
                "felix:refresh 1",
                "felix:bundlelevel -s 50 1"
            })
    void refusesPluginBundles(String line) throws Exception {
        String answer = type(line);

        assertThat(answer)
                .startsWith("Bundle 1 is plugin 'reports', which Mortise keeps: " + line.split(" ")[0])
                .contains("'restart reports'");
        assertThat(framework.getBundleContext().getBundles())
                .extracting(Bundle::getState)
                .containsExactly(Bundle.ACTIVE, Bundle.INSTALLED, Bundle.INSTALLED);
    }

    @Test
    void handsEverythingElseOnToFelix() throws Exception {
        type("felix:start 2");
        assertThat(library().getState()).isEqualTo(Bundle.ACTIVE);

        type("felix:stop -t 2");
        assertThat(library().getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void saysWhenFelixHasNoSuchCommand() throws Exception {
        assertThat(type("felix:update 2")).isEqualTo("Felix's command 'update' is not installed.");
    }

    private String type(String line) throws Exception {
        return session.format(session.execute(line), Converter.INSPECT).toString();
    }

    private Bundle library() {
        return framework.getBundleContext().getBundle(2);
    }

    private static FrameworkFactory factory() {
        return ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    }

    private static InputStream bundle(String symbolicName) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        return new ByteArrayInputStream(jar.toByteArray());
    }
}
