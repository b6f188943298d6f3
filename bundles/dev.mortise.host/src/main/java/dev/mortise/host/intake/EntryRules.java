// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.zip.ZipItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges the entries of a jar by what its directory declares, before anything is unpacked. */
record EntryRules(IntakeLimits limits) {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final int SHOWN = 5;

    /** Names that are read by everybody, and by some in any spelling. */
    private static final List<String> SPELLINGS = List.of(Intake.MANIFEST, Intake.PLUGIN);

    /** Answers every rule that is broken, in words; hostile names are listed up to a few. */
    List<String> violations(List<ZipItem> items, long fileBytes) {
        List<String> found = new ArrayList<>();
        if (items.size() > limits.entries()) {
            found.add(tooMany(items.size()));
            return found;
        }
        tooLarge(unpacked(items), fileBytes).ifPresent(found::add);
        found.addAll(names(items));
        return found;
    }

    /** Answers in words that there are too many entries. */
    String tooMany(long entries) {
        return "it has %d entries, and %d are allowed".formatted(entries, limits.entries());
    }

    /** Answers in words that a file of this size may not unpack to so much. */
    Optional<String> tooLarge(long unpacked, long fileBytes) {
        if (unpacked > limits.unpackedBytes()) {
            return Optional.of(
                    "it unpacks to %d bytes, and %d are allowed".formatted(unpacked, limits.unpackedBytes()));
        }
        return unpacked > IntakeLimits.RATIO_FROM_BYTES && unpacked / fileBytes > limits.ratio()
                ? Optional.of("it unpacks to %d times its size, and %d times are allowed"
                        .formatted(unpacked / fileBytes, limits.ratio()))
                : Optional.empty();
    }

    static long unpacked(List<ZipItem> items) {
        return items.stream().mapToLong(ZipItem::size).sum();
    }

    /** Answers how an entry is called in sentences. */
    static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7E]", "?");
        return "entry '" + (clean.length() <= 80 ? clean : clean.substring(0, 80) + "…") + "' ";
    }

    private static List<String> names(List<ZipItem> items) {
        Set<String> seen = new HashSet<>();
        return items.stream()
                .flatMap(item -> violation(item, seen).map(shown(item.name())::concat).stream())
                .limit(SHOWN)
                .toList();
    }

    private static Optional<String> violation(ZipItem item, Set<String> seen) {
        if (hostile(item.name())) {
            return Optional.of("has a name that leads out of the jar");
        }
        if (item.link()) {
            return Optional.of("is a symbolic link");
        }
        if (item.encrypted()) {
            return Optional.of("is encrypted");
        }
        if (!seen.add(item.name())) {
            return Optional.of("is there twice");
        }
        return SPELLINGS.stream()
                .filter(name -> name.equalsIgnoreCase(item.name()) && !name.equals(item.name()))
                .map(name -> "must be written " + name)
                .findFirst();
    }

    private static boolean hostile(String name) {
        return name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.chars().anyMatch(Character::isISOControl)
                || DRIVE.matcher(name).matches()
                || List.of(name.split("/", -1)).contains("..");
    }
}
