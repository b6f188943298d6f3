// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares the header in front of each entry with the directory of the zip file: readers of streams go by the former,
 * readers of files by the latter, and both must see the same jar.
 */
public final class LocalHeaders {
    private static final int HEADER_BYTES = 30;

    private LocalHeaders() {}

    /** An entry that is not what the directory says, and how it differs. */
    public record Difference(ZipItem item, String words) {}

    /** Answers the first difference; reads a few bytes of each entry and nothing of its content. */
    public static Optional<Difference> first(Path file, List<ZipItem> items) throws IOException {
        List<ZipItem> inOrder =
                items.stream().sorted(Comparator.comparingLong(ZipItem::offset)).toList();
        long end = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (ZipItem item : inOrder) {
                if (item.offset() < end) {
                    return Optional.of(new Difference(item, "shares its content with another entry"));
                }
                ByteBuffer header = ZipDirectory.read(channel, item.offset(), HEADER_BYTES);
                int nameLength = ZipDirectory.unsigned(header, 26);
                if (header.getInt(0) != ZipDirectory.LOCAL || !item.name().equals(name(channel, item, nameLength))) {
                    return Optional.of(new Difference(item, "has another name in front of its content"));
                }
                end = item.offset() + HEADER_BYTES + nameLength + ZipDirectory.unsigned(header, 28) + item.packed();
            }
        }
        return Optional.empty();
    }

    private static String name(FileChannel channel, ZipItem item, int length) throws IOException {
        return StandardCharsets.UTF_8
                .decode(ZipDirectory.read(channel, item.offset() + HEADER_BYTES, length))
                .toString();
    }
}
