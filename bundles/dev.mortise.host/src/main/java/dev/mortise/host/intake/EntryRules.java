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

    /** Answers every rule that is broken, in words; hostile names are listed up to a few. */
    List<String> violations(List<ZipItem> items, long fileBytes) {
        List<String> found = new ArrayList<>();
        if (items.size() > limits.entries()) {
            found.add("it has %d entries, and %d are allowed".formatted(items.size(), limits.entries()));
            return found;
        }
        long unpacked = items.stream().mapToLong(ZipItem::size).sum();
        if (unpacked > limits.unpackedBytes()) {
            found.add("it unpacks to %d bytes, and %d are allowed".formatted(unpacked, limits.unpackedBytes()));
        } else if (unpacked > IntakeLimits.RATIO_FROM_BYTES && unpacked / fileBytes > limits.ratio()) {
            found.add("it unpacks to %d times its size, and %d times are allowed"
                    .formatted(unpacked / fileBytes, limits.ratio()));
        }
        found.addAll(names(items));
        return found;
    }

    private static List<String> names(List<ZipItem> items) {
        Set<String> seen = new HashSet<>();
        return items.stream()
                .flatMap(item -> violation(item, seen).stream())
                .limit(SHOWN)
                .toList();
    }

    private static Optional<String> violation(ZipItem item, Set<String> seen) {
        String shown = "entry '" + printable(item.name()) + "' ";
        if (hostile(item.name())) {
            return Optional.of(shown + "has a name that leads out of the jar");
        }
        if (item.link()) {
            return Optional.of(shown + "is a symbolic link");
        }
        if (item.encrypted()) {
            return Optional.of(shown + "is encrypted");
        }
        return seen.add(item.name()) ? Optional.empty() : Optional.of(shown + "is there twice");
    }

    private static boolean hostile(String name) {
        return name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.chars().anyMatch(Character::isISOControl)
                || DRIVE.matcher(name).matches()
                || List.of(name.split("/", -1)).contains("..");
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7E]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }
}
