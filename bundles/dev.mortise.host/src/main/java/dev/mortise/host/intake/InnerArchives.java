// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.zip.ZipDirectory;
import dev.mortise.host.zip.ZipDirectory.Reading;
import dev.mortise.host.zip.ZipItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks into the archives that lie packed in a jar, such as libraries on its class path, and into those within them. All of
 * them together must keep to the limits of one jar, so that no bomb hides a level deeper.
 */
final class InnerArchives {
    private static final int DEEPEST = 3;

    private final EntryRules rules;
    private final long fileBytes;
    private long entries;
    private long unpacked;
    private int depth;

    InnerArchives(EntryRules rules, long fileBytes, List<ZipItem> outer) {
        this.rules = rules;
        this.fileBytes = fileBytes;
        this.entries = outer.size();
        this.unpacked = EntryRules.unpacked(outer);
    }

    /**
     * Looks into one that was unpacked; what is no whole archive nobody can open, and it stays a file as any other.
     *
     * @throws IOException when the jar as a whole is too much, or the archive is not what it declares
     */
    void look(String name, Path archive) throws IOException {
        Reading reading = ZipDirectory.read(archive);
        if (reading instanceof Reading.TooLarge) {
            throw new IOException(EntryRules.shown(name) + "has more entries than the "
                    + rules.limits().entries() + " that are allowed");
        }
        if (reading instanceof Reading.Whole whole) {
            count(whole.items());
            descend(name, archive);
        }
    }

    private void count(List<ZipItem> items) throws IOException {
        entries += items.size();
        unpacked += EntryRules.unpacked(items);
        if (entries > rules.limits().entries()) {
            throw new IOException("with the archives in it, " + rules.tooMany(entries));
        }
        var tooLarge = rules.tooLarge(unpacked, fileBytes);
        if (tooLarge.isPresent()) {
            throw new IOException("with the archives in it, " + tooLarge.get());
        }
    }

    private void descend(String name, Path archive) throws IOException {
        depth++;
        if (depth > DEEPEST) {
            throw new IOException(
                    EntryRules.shown(name) + "is an archive in an archive, more than " + DEEPEST + " deep");
        }
        var unused = JarContent.read(archive, entry -> 0, this);
        depth--;
    }
}
