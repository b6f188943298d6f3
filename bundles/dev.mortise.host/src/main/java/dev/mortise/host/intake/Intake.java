// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.host.zip.LocalHeaders;
import dev.mortise.host.zip.ZipDirectory;
import dev.mortise.host.zip.ZipDirectory.Reading;
import dev.mortise.host.zip.ZipItem;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.IntakeProblem;
import dev.mortise.kernel.port.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks into a jar of the store and says whether it is a plugin that Mortise takes; runs nothing of it. */
public final class Intake {
    static final String MANIFEST = "META-INF/MANIFEST.MF";
    static final String PLUGIN = "plugin.json";

    /** What a bundle imports on a newer Java (OSGi Core 7, 3.2.5.5): it counts instead of the main manifest. */
    private static final Pattern SUPPLEMENT = Pattern.compile("META-INF/versions/\\d+/OSGI-INF/MANIFEST\\.MF");

    private static final String MEND = "Mend the jar and drop it again.";

    private final ManifestReader reader;
    private final IntakeLimits limits;
    private final EntryRules rules;

    /** Makes an intake that reads {@code plugin.json} with this reader. */
    public Intake(ManifestReader reader, IntakeLimits limits) {
        this.reader = reader;
        this.limits = limits;
        this.rules = new EntryRules(limits);
    }

    private record Candidate(Path file, Digest digest, String name, List<ZipItem> items) {
        List<String> entries() {
            return items.stream().map(ZipItem::name).toList();
        }
    }

    /**
     * Inspects a jar.
     *
     * @param file its copy in the store
     * @param name what it is called in the watched folder
     */
    public Inspection inspect(Path file, Digest digest, String name) {
        try {
            Reading reading = ZipDirectory.read(file);
            if (!(reading instanceof Reading.Whole whole)) {
                return shapeless(name, reading);
            }
            List<String> entries = rules.violations(whole.items(), Files.size(file));
            return entries.isEmpty()
                    ? unpacked(new Candidate(file, digest, name, whole.items()))
                    : refused(name, entries);
        } catch (IOException e) {
            return refused(name, List.of(String.valueOf(e.getMessage())));
        }
    }

    private Inspection shapeless(String name, Reading reading) {
        if (reading instanceof Reading.NoZip) {
            return refusedWith(new IntakeProblem(name + " is not a zip file.", "Hand in a jar."));
        }
        if (reading instanceof Reading.TooLarge) {
            return refused(name, List.of("it has more entries than the " + limits.entries() + " that are allowed"));
        }
        return refused(
                name,
                List.of(
                        reading instanceof Reading.Unreadable unreadable
                                ? "it can't be read: " + unreadable.message()
                                : "it is cut off: the directory at its end is missing"));
    }

    private Inspection unpacked(Candidate jar) throws IOException {
        Optional<LocalHeaders.Difference> difference = LocalHeaders.first(jar.file(), jar.items());
        if (difference.isPresent()) {
            return refused(
                    jar.name(),
                    List.of(EntryRules.shown(difference.get().item().name())
                            + difference.get().words()));
        }
        InnerArchives inner = new InnerArchives(rules, Files.size(jar.file()), jar.items());
        JarContent content = JarContent.read(jar.file(), Intake::keep, inner);
        Optional<Problem> unsigned =
                limits.signers().flatMap(signers -> signers.judge(jar.file()).map(words -> unsigned(jar, words)));
        return unsigned.isPresent() ? refusedWith(unsigned.get()) : read(content, jar);
    }

    private static int keep(String entry) {
        boolean metadata = entry.equals(MANIFEST)
                || entry.equals(PLUGIN)
                || SUPPLEMENT.matcher(entry).matches();
        if (metadata) {
            return IntakeLimits.METADATA_BYTES;
        }
        boolean migration = entry.startsWith(MigrationFiles.FOLDER) && !entry.endsWith("/");
        if (migration) {
            return IntakeLimits.MIGRATION_BYTES;
        }
        return SignedEntries.ofSignature(entry) ? IntakeLimits.SIGNATURE_BYTES : 0;
    }

    private Inspection read(JarContent content, Candidate jar) throws IOException {
        BundleHeaders headers = headers(content, MANIFEST);
        Optional<ManifestReader.Result> read = content.find(PLUGIN).map(reader::read);
        if (!headers.bundle() && !read.filter(Intake::isProgram).isPresent()) {
            return refusedWith(new IntakeProblem(
                    jar.name() + " is no bundle: " + MANIFEST
                            + " has no Bundle-SymbolicName. Build it with bnd-maven-plugin.",
                    "Build it with bnd-maven-plugin."));
        }
        if (read.isEmpty()) {
            return refusedWith(new IntakeProblem(
                    jar.name()
                            + " is a bundle but no plugin: plugin.json is missing at its root. 'mortise new' makes one.",
                    "'mortise new' makes one."));
        }
        return judged(read.get(), headers, content, jar);
    }

    /** A program is started by its command; the framework never sees its jar. */
    private static boolean isProgram(ManifestReader.Result result) {
        return result instanceof ManifestReader.Result.Valid valid && LocationRules.isProgram(valid.manifest());
    }

    private static Inspection judged(
            ManifestReader.Result result, BundleHeaders headers, JarContent content, Candidate jar) throws IOException {
        List<Problem> problems = new ArrayList<>(problems(result));
        MigrationFiles migrations = MigrationFiles.read(content.texts());
        List<String> violations = headers.bundle() ? headerViolations(headers, content, jar) : new ArrayList<>();
        violations.addAll(migrations.problems());
        if (result instanceof ManifestReader.Result.Valid valid) {
            violations.addAll(LocationRules.violations(valid.manifest(), headers, jar.entries()));
        }
        violations.forEach(text -> problems.add(problem(jar.name(), text)));
        return problems.isEmpty() && result instanceof ManifestReader.Result.Valid valid
                ? admitted(new Draft(jar, valid.manifest(), headers), migrations)
                : new Inspection.Refused(named(result, jar.digest()), problems);
    }

    private static BundleHeaders headers(JarContent content, String entry) throws IOException {
        Optional<byte[]> manifest = content.find(entry);
        return manifest.isPresent() ? BundleHeaders.parse(manifest.get()) : BundleHeaders.none();
    }

    private static List<String> headerViolations(BundleHeaders headers, JarContent content, Candidate jar)
            throws IOException {
        List<String> found = new ArrayList<>(HeaderRules.violations(headers, jar.entries()));
        for (String entry : content.texts().keySet()) {
            if (SUPPLEMENT.matcher(entry).matches()) {
                HeaderRules.violations(headers(content, entry))
                        .forEach(text -> found.add(EntryRules.shown(entry) + "is refused: " + text));
            }
        }
        return found;
    }

    private record Draft(Candidate jar, PluginManifest manifest, BundleHeaders headers) {}

    private static Inspection admitted(Draft draft, MigrationFiles migrations) {
        Artifact artifact = new Artifact(
                draft.jar().digest(),
                draft.jar().file(),
                draft.manifest(),
                migrations.migrations(),
                Set.copyOf(draft.headers().promisedServices()),
                List.of());
        boolean unused = artifact.offersMigrations() && !migrations.migrations().isEmpty();
        return new Inspection.Admitted(
                unused
                        ? artifact.withWarning(
                                "The files below migrations/ are not used: the plugin offers a MigrationSource.")
                        : artifact);
    }

    private static List<? extends Problem> problems(ManifestReader.Result result) {
        return result instanceof ManifestReader.Result.Invalid invalid ? invalid.problems() : List.of();
    }

    private static Optional<Named> named(ManifestReader.Result result, Digest digest) {
        if (result instanceof ManifestReader.Result.Valid valid) {
            PluginManifest manifest = valid.manifest();
            return Optional.of(new Named(manifest.id(), manifest.version(), digest, Optional.of(manifest)));
        }
        return result instanceof ManifestReader.Result.Invalid invalid
                ? invalid.id().flatMap(id -> invalid.version()
                        .map(version -> new Named(id, version, digest, Optional.empty())))
                : Optional.empty();
    }

    private static Inspection refused(String name, List<String> violations) {
        return new Inspection.Refused(
                Optional.empty(),
                violations.stream().map(text -> problem(name, text)).toList());
    }

    private static Inspection refusedWith(Problem problem) {
        return new Inspection.Refused(Optional.empty(), List.of(problem));
    }

    private static Problem problem(String name, String violation) {
        return new IntakeProblem(name + " is not taken: " + violation + ". " + MEND, MEND);
    }

    private static Problem unsigned(Candidate jar, String words) {
        String remedy = "Sign the jar with jarsigner and a key that intake.trusted-certificates trusts.";
        return new IntakeProblem(jar.name() + " is not taken: " + words + ". " + remedy, remedy);
    }
}
