// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.folder.FolderFile;
import dev.mortise.host.intake.ArtifactStore.Source;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.IntakeProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            return Optional.of(new Inspection.Refused(Optional.empty(), List.of(tooLarge(file.name()))));
        }
        Path source = folder.resolve(file.path());
        try {
            Digest digest = store.take(source);
            return Optional.of(inspect(digest, file.name()));
        } catch (IOException e) {
            // a file that went away is no news here: the watcher tells it
            if (!Files.notExists(source)) {
                LOG.error("{} can't be copied to data/store: {}. It is tried again.", file.path(), e.toString());
            }
            return Optional.empty();
        }
    }

    /**
     * Takes in what somebody sends.
     *
     * @throws MortiseException PAYLOAD_TOO_LARGE when it has more bytes than a jar may have; the rest is not read
     */
    public Inspection receive(InputStream jar, String name) throws IOException {
        Optional<Digest> digest = store.receive(jar, limits.jarBytes());
        return inspect(
                digest.orElseThrow(() -> new MortiseException(
                        ErrorCode.PAYLOAD_TOO_LARGE, tooLarge(name).message())),
                name);
    }

    /**
     * Looks into an artifact that was admitted before.
     *
     * @param source brings its bytes when they are not here, or damaged
     */
    public Optional<Inspection> restore(Digest digest, String name, Source source) throws IOException {
        return bring(digest, source) ? Optional.of(inspect(digest, name)) : Optional.empty();
    }

    /**
     * Sees to it that the bytes of an artifact that was admitted before lie in the store; may block.
     *
     * @param source brings them when they are not here, or damaged
     * @return whether they are here now
     */
    public boolean bring(Digest digest, Source source) throws IOException {
        return store.bring(digest, source);
    }

    /** Forgets all artifacts but these, and those that came after this time. */
    public void retain(Set<Digest> wanted, Instant before) throws IOException {
        admitted.keySet().retainAll(wanted);
        store.retain(wanted, before);
    }

    private Inspection inspect(Digest digest, String name) throws IOException {
        Inspection known = admitted.get(digest);
        if (known != null) {
            return known;
        }
        Inspection inspection = intake.inspect(store.file(digest), digest, name);
        if (inspection instanceof Inspection.Admitted) {
            admitted.put(digest, inspection);
        } else {
            store.remove(digest);
        }
        return inspection;
    }

    private Problem tooLarge(String name) {
        String remedy = "Make it smaller, or raise 'intake.max-jar-mb' in etc/host.properties.";
        return new IntakeProblem(
                "%s is not taken: it has more than the %d MB that are allowed. %s"
                        .formatted(name, limits.jarBytes() >> 20, remedy),
                remedy);
    }
}
