// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what is desired, the bytes of it, and the journal of deployments: the truth that a container starts from, whatever
 * became of its folders. Implemented by the data bundle, used by the host. Every method blocks and throws
 * {@code MortiseException} SERVICE_UNAVAILABLE while the database can't be reached; never called on a framework thread.
 */
public interface DeploymentStore {
    /** Answers all that is recorded for a node. */
    Recorded load(String node);

    /**
     * Records a change in one transaction.
     *
     * @return the generation afterwards: that of the change, plus one when it {@link Commit#advances}
     * @throws StaleGeneration when somebody else recorded a change since; nothing was recorded
     */
    long commit(Commit commit);

    /**
     * Writes the bytes of an artifact to a file that does not exist yet; on failure nothing is left of it.
     *
     * @return whether the bytes are known
     */
    boolean fetch(Digest digest, Path target) throws IOException;

    /** Answers the artifacts of a plugin whose bytes are kept: what ran last first, then what never ran, the newest first. */
    List<Archived> archive(PluginId plugin);

    /**
     * Forgets the bytes of artifacts that nothing names; answers what is left.
     *
     * @param kept how many of those that ran are left of each plugin, the last ones
     * @param grace how long one that never ran is left; it takes nobody's place
     */
    Set<Digest> prune(int kept, Duration grace);

    /** Answers the newest deployments of all nodes, the newest first. */
    List<Deployment> deployments(int limit);

    /** Finds a deployment. */
    Optional<Deployment> deployment(String id);

    /** What is wanted of an artifact. */
    enum Role {
        /** It was switched in and is to run; at most one of each plugin, or of each of its majors that coexist. */
        ACTIVE,
        /** Somebody asked for it, and it was not switched in yet. */
        PENDING,
        /** It is here, but is not tried by itself: superseded, failed beside the active one, or in quarantine. */
        PARKED
    }

    /**
     * One artifact of the desired state; its bytes are kept.
     *
     * @param source the file of the watched folder that it came from, relative to it
     * @param note why it is parked
     */
    record Want(
            PluginId plugin, Version version, Digest digest, Role role, Optional<String> source, Optional<Note> note) {}

    /** The state in which something is parked, and why. */
    record Note(PluginState state, Problem.Code code, String message, String remedy) {}

    /** A file of the watched folder of a node, with the content that was handled. */
    record SeenFile(String path, Digest digest) {}

    /**
     * An artifact whose bytes are kept.
     *
     * @param ranAt when it was last recorded as the one to run, by the clock of the store
     */
    record Archived(
            PluginId plugin, Version version, Digest digest, long bytes, Instant addedAt, Optional<Instant> ranAt) {}

    /**
     * All that is recorded.
     *
     * @param unfinished deployments of this node that never ended
     */
    record Recorded(long generation, List<Want> wants, List<SeenFile> files, List<Deployment> unfinished) {
        public Recorded {
            wants = List.copyOf(wants);
            files = List.copyOf(files);
            unfinished = List.copyOf(unfinished);
        }
    }

    /**
     * A change.
     *
     * @param generation the generation that it starts from
     * @param advances whether the desired state changes, not the journal alone
     * @param put artifacts whose want is new or another one
     * @param removed artifacts that are wanted no longer; their bytes stay until they are pruned
     * @param seen files that were handled
     * @param gone files that are no longer there
     * @param bytes where the bytes of artifacts lie that may be new to the store
     * @param journal deployments as they are now
     */
    record Commit(
            String node,
            long generation,
            boolean advances,
            List<Want> put,
            Set<Digest> removed,
            List<SeenFile> seen,
            Set<String> gone,
            Map<Digest, Path> bytes,
            List<Deployment> journal) {
        public Commit {
            put = List.copyOf(put);
            removed = Set.copyOf(removed);
            seen = List.copyOf(seen);
            gone = Set.copyOf(gone);
            bytes = Map.copyOf(bytes);
            journal = List.copyOf(journal);
        }
    }

    /** Somebody else changed the desired state since it was read. */
    final class StaleGeneration extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long current;

        /** Tells which generation was expected and which one is there. */
        public StaleGeneration(long expected, long current) {
            super("The desired state was read at generation " + expected + " and is at " + current + " now.");
            this.current = current;
        }

        /** Answers the generation that is there. */
        public long current() {
            return current;
        }
    }
}
