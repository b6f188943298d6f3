// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.folder.FolderFile;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.IntakeProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a jar to the store and looks into the copy. Safe for several threads. */
public final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final Path folder;
    private final ArtifactStore store;
    private final Intake intake;
    private final IntakeLimits limits;
    private final Map<Digest, Inspection> admitted = new ConcurrentHashMap<>();

    /** Makes a staging of files of this folder. */
    public Staging(Path folder, ArtifactStore store, Intake intake, IntakeLimits limits) {
        this.folder = folder;
        this.store = store;
        this.intake = intake;
        this.limits = limits;
    }

    /** Stages a file; answers nothing when it is gone or the store can't take it now. */
    Optional<Inspection> stage(FolderFile file) {
        if (file.stamp().size() > limits.jarBytes()) {
            return Optional.of(tooLarge(file.name(), file.stamp().size()));
        }
        try {
            Digest digest = store.take(folder.resolve(file.path()));
            return Optional.of(inspect(digest, file.name()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("{} can't be copied to the store: {}. It is tried again.", file.path(), e.toString());
            return Optional.empty();
        }
    }

    /** Looks into a file that does not lie in the folder yet. */
    public Inspection check(Path file, String name) throws IOException {
        return Files.size(file) > limits.jarBytes()
                ? tooLarge(name, Files.size(file))
                : inspect(store.take(file), name);
    }

    private Inspection inspect(Digest digest, String name) {
        Inspection known = admitted.get(digest);
        if (known != null) {
            return known;
        }
        Inspection inspection = intake.inspect(store.file(digest), digest, name);
        if (inspection instanceof Inspection.Admitted) {
            admitted.put(digest, inspection);
        }
        return inspection;
    }

    private Inspection tooLarge(String name, long size) {
        Problem problem = new IntakeProblem(
                "%s is not taken: it has %d bytes, and %d are allowed. Make it smaller, or raise intake.max-jar-mb."
                        .formatted(name, size, limits.jarBytes()),
                "Make it smaller, or raise intake.max-jar-mb.");
        return new Inspection.Refused(Optional.empty(), List.of(problem));
    }
}
