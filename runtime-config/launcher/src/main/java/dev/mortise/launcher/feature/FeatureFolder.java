// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureArtifact;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;

/** The feature files of a distribution; those in its folder editions/ list the others. */
public final class FeatureFolder {
    private static final String FEATURES = "mortise.features";
    private static final String PLUGINS = "mortise.plugins";
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final FeatureService reader = new FeatureServiceImpl();

    public FeatureFolder(Path folder) {
        this.folder = folder;
    }

    /** Return an edition with all its features merged. */
    public Edition edition(String name) {
        Path file = editions().resolve(name + SUFFIX);
        if (!editionNames().contains(name)) {
            throw new LaunchFailure(
                    ExitCode.USAGE,
                    "Unknown edition '" + name + "'. There are: " + String.join(", ", editionNames()) + ".");
        }
        Feature edition = read(file);
        List<String> features = extension(edition, FEATURES).getText();
        EditionMerge merge = new EditionMerge();
        features.forEach(feature -> merge.add(read(folder.resolve(feature + SUFFIX))));
        merge.add(edition);
        return new Edition(name, features, merge.bundles(), plugins(edition));
    }

    private Path editions() {
        return folder.resolve("editions");
    }

    private List<String> editionNames() {
        try (Stream<Path> files = Files.list(editions())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LaunchFailure(ExitCode.FAULT, "Folder '" + editions() + "' can't be read: " + e + ".", e);
        }
    }

    private Feature read(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return reader.readFeature(text);
        } catch (IOException | RuntimeException e) {
            throw new LaunchFailure(ExitCode.FAULT, "Feature file '" + file + "' can't be read: " + e + ".", e);
        }
    }

    private static FeatureExtension extension(Feature edition, String name) {
        FeatureExtension extension = edition.getExtensions().get(name);
        if (extension == null) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "Edition '" + edition.getID() + "' has no extension '" + name + "'. Mend its file.");
        }
        return extension;
    }

    private static List<Artifact> plugins(Feature edition) {
        FeatureExtension plugins = edition.getExtensions().get(PLUGINS);
        return plugins == null
                ? List.of()
                : plugins.getArtifacts().stream()
                        .map(FeatureArtifact::getID)
                        .map(Artifact::of)
                        .toList();
    }
}
