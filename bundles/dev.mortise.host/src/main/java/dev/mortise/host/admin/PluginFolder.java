// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts jars into the watched folder and takes them out, where they are handled like any other. */
record PluginFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,200}\\.jar");

    /** Puts a jar in under this name, unless it would be refused there. */
    Change put(String name, InputStream jar, Orders orders, HostSnapshot now) {
        if (!NAME.matcher(name).matches()) {
            return refused("'" + shortened(name) + "' is no name for a jar: letters, digits and . _ + - are, with .jar"
                    + " at the end.");
        }
        Path temporary = path.resolve(".upload-" + UUID.randomUUID() + ".tmp");
        try {
            copy(jar, temporary, orders.jarBytesAtMost());
            Inspection inspection = orders.check(temporary, name);
            return inspection instanceof Inspection.Admitted admitted
                    ? accept(temporary, name, admitted.artifact(), now)
                    : refused((Inspection.Refused) inspection);
        } catch (IOException e) {
            LOG.warn("{} was not taken", name, e);
            return refused(name + " was not taken: " + e + ".");
        } finally {
            remove(temporary);
        }
    }

    /** Removes every jar of a plugin. */
    Change remove(PluginId id, HostSnapshot now, List<PluginId> waiting) {
        List<Path> files = now.plugins().getOrDefault(id, List.of()).stream()
                .flatMap(view -> view.paths().stream())
                .distinct()
                .toList();
        try {
            for (Path file : files) {
                Files.deleteIfExists(path.resolve(file));
            }
        } catch (IOException e) {
            LOG.warn("Plugin {} was not removed", id, e);
            return refused("Plugin '" + id + "' was not removed: " + e + ".");
        }
        return new Change.Accepted("Plugin '" + id + "' is being removed."
                + (waiting.isEmpty() ? "" : " Until it is back there wait: " + Relations.words(waiting) + "."));
    }

    /** Copies one byte more than may be: enough to be refused, too little to fill the disk. */
    private static void copy(InputStream jar, Path target, long most) throws IOException {
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            byte[] chunk = new byte[1 << 16];
            long left = most + 1;
            int got = jar.read(chunk);
            while (got > 0 && left > 0) {
                out.write(chunk, 0, (int) Math.min(got, left));
                left -= got;
                got = jar.read(chunk);
            }
        }
    }

    private Change accept(Path temporary, String name, Artifact artifact, HostSnapshot now) throws IOException {
        Optional<PluginId> holder = holder(name, now).filter(id -> !id.equals(artifact.id()));
        if (holder.isPresent()) {
            return refused("%s in the folder holds plugin '%s'. Give the jar of plugin '%s' another name."
                    .formatted(name, holder.get(), artifact.id()));
        }
        Optional<VersionView> twin = twin(artifact, now);
        if (twin.isPresent()) {
            return refused("%s is already here with other content (sha256 %s…). Raise the version."
                    .formatted(artifact.identity(), twin.get().digest().shortHex()));
        }
        Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Change.Accepted("%s was put into the folder as %s. 'plugin %s' shows how it goes."
                .formatted(artifact.identity(), name, artifact.id()));
    }

    private static Optional<PluginId> holder(String name, HostSnapshot now) {
        return now.plugins().values().stream()
                .flatMap(List::stream)
                .filter(view -> view.paths().contains(Path.of(name)))
                .map(VersionView::id)
                .findFirst();
    }

    private static Optional<VersionView> twin(Artifact artifact, HostSnapshot now) {
        return now.plugins().getOrDefault(artifact.id(), List.of()).stream()
                .filter(view -> view.current() && !view.version().preRelease())
                .filter(view -> view.version().equals(artifact.manifest().version())
                        && !view.digest().equals(artifact.digest()))
                .findFirst();
    }

    private static Change refused(Inspection.Refused inspection) {
        return refused(inspection.problems().stream().map(Problem::message).collect(Collectors.joining(" ")));
    }

    private static Change refused(String message) {
        return new Change.Refused(message, List.of());
    }

    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.warn("{} can't be removed: {}", temporary, e.toString());
        }
    }

    private static String shortened(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
    }
}
