// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jars that somebody hands in, or says what would become of them. */
record JarOrders(Orders orders, Ordering ordering, SchemaBarrier barrier) {
    private static final Logger LOG = LoggerFactory.getLogger(JarOrders.class);
    private static final int PATIENCE_SECONDS = 10;

    Change install(Upload upload) {
        try {
            long begun = ordering.generation();
            Inspection inspection = orders.receive(upload.jar(), upload.name());
            if (inspection instanceof Inspection.Refused refused) {
                return new Change.NotTaken(sentences(refused), ordering.items(refused.problems()));
            }
            Artifact artifact = ((Inspection.Admitted) inspection).artifact();
            Optional<Problem> tables = barrier.against(artifact);
            if (tables.isPresent()) {
                return ordering.refused(tables.get());
            }
            return ordering.carry(
                    desk -> desk.install(artifact, upload.downgrade(), upload.trigger(), begun),
                    "%s is taken. 'plugin %s' shows how it goes.".formatted(artifact.identity(), artifact.id()));
        } catch (MortiseException e) {
            if (e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                throw e; // what is wrong with what was sent is said by whoever reads it
            }
            return Ordering.unavailable(e);
        } catch (IOException e) {
            LOG.warn("{} was not taken", upload.name(), e);
            return new Change.Unavailable(upload.name() + " was not taken: " + e + ".");
        }
    }

    Preview plan(Upload upload) {
        try {
            Inspection inspection = orders.receive(upload.jar(), upload.name());
            return inspection instanceof Inspection.Refused refused
                    ? new Preview.NotTaken(sentences(refused), ordering.items(refused.problems()))
                    : planned(((Inspection.Admitted) inspection).artifact(), upload.downgrade());
        } catch (IOException e) {
            LOG.warn("{} was not looked at", upload.name(), e);
            return new Preview.Unavailable(upload.name() + " was not looked at: " + e + ".");
        }
    }

    private Preview planned(Artifact artifact, boolean downgrade) {
        return barrier.against(artifact)
                .<Preview>map(tables -> new Preview.Planned(
                        ordering.generation(),
                        List.of(),
                        List.of(),
                        List.of(new Preview.Judged(
                                artifact.id().value(),
                                artifact.manifest().version().text(),
                                ordering.items(List.of(tables))))))
                .orElseGet(() -> preview(artifact, downgrade));
    }

    Preview validate(String json) {
        ManifestReader.Result reading = orders.manifests().read(json.getBytes(StandardCharsets.UTF_8));
        if (reading instanceof ManifestReader.Result.Invalid invalid) {
            List<Why.Item> items = ordering.items(List.copyOf(invalid.problems()));
            return new Preview.NotTaken(items.stream().map(Why.Item::message).collect(Collectors.joining(" ")), items);
        }
        return preview(imagined(((ManifestReader.Result.Valid) reading).manifest()), false);
    }

    private Preview preview(Artifact artifact, boolean downgrade) {
        try {
            return orders.ask(desk -> desk.preview(artifact, downgrade, problem -> ordering.items(List.of(problem))
                            .get(0)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} was not planned", artifact.identity(), e);
            return new Preview.Unavailable(artifact.identity() + " was not planned. Try again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Preview.Unavailable("The question was taken back.");
        }
    }

    /** A plugin of which there is a manifest and nothing else. */
    private static Artifact imagined(PluginManifest manifest) {
        return new Artifact(
                digest(manifest.json()), Path.of(manifest.id() + ".jar"), manifest, List.of(), Set.of(), List.of());
    }

    private static Digest digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Digest(HexFormat.of().formatHex(sha));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String sentences(Inspection.Refused refused) {
        return refused.problems().stream().map(Problem::message).collect(Collectors.joining(" "));
    }
}
