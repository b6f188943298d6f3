// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.streamBundle;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.mortise.itests.harness.Product;
import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.feature.FeatureFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/** The options that boot an edition from the feature files of the assembled distribution. */
final class Edition {
    /** What Pax Exam brings itself starts before the bundles of the edition. */
    private static final int ALL = 100;

    private Edition() {}

    static Option boot(String name, Home home) throws IOException {
        Path distribution = Product.find().distribution();
        var edition = new FeatureFolder(distribution.resolve("features")).edition(name);
        List<Option> options = new ArrayList<>();
        edition.bundles()
                .forEach(bundle ->
                        options.add(bundle("reference:file:" + bundle.artifact().in(distribution.resolve("system")))
                                .startLevel(bundle.startLevel())));
        Properties properties = properties();
        // Pax Exam adds packages of its own to these, so they are no plain framework property.
        String extra = String.valueOf(properties.remove(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA));
        options.add(systemPackages(extra.split("\\s*,\\s*")));
        properties.forEach((key, value) ->
                options.add(frameworkProperty(String.valueOf(key)).value(String.valueOf(value))));
        options.add(frameworkProperty("mortise.home").value(home.folder().toString()));
        options.add(frameworkProperty("mortise.version").value("1.0.0"));
        options.add(frameworkProperty("mortise.edition").value(name));
        options.add(frameworkProperty("mortise.features").value(String.join(",", edition.features())));
        options.add(
                frameworkProperty("mortise.test.programs").value(Home.programs().toString()));
        options.add(frameworkProperty("mortise.test.concerns")
                .value(String.join(",", Schema.shipped().concerns())));
        options.add(streamBundle(configuration()).startLevel(6));
        options.add(frameworkStartLevel(ALL));
        options.add(systemProperty("pax.exam.osgi.unresolved.fail").value("true"));
        options.add(junitBundles());
        return composite(options.toArray(Option[]::new));
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                Schema.class.getResourceAsStream("/dev/mortise/launcher/framework/framework.properties")) {
            properties.load(in);
        }
        return properties;
    }

    private static InputStream configuration() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "dev.mortise.itests.configuration");
        main.putValue("Bundle-Activator", ConfigurationActivator.class.getName());
        main.putValue("Import-Package", "org.osgi.framework,org.osgi.framework.startlevel,org.osgi.service.cm");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String entry = ConfigurationActivator.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream code = ConfigurationActivator.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            code.transferTo(jar);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
