// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the central directory of a zip file (APPNOTE.TXT 4.3). It stands at the end and is written last, so a file with
 * a good one is whole. No more than {@value #MAX_BYTES} bytes of it are looked at.
 */
public final class ZipDirectory {
    /** The largest directory that is read; that of a jar with 10 000 entries is about a tenth of it. */
    static final int MAX_BYTES = 16 << 20;

    static final int LOCAL = 0x04034b50;

    private static final int HEADER = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int HEADER_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int IN_ZIP64 = 0xFFFF;
    private static final long OFFSET_IN_ZIP64 = 0xFFFFFFFFL;

    private ZipDirectory() {}

    /** What reading came to. */
    public sealed interface Reading {
        /** The file is whole. */
        record Whole(List<ZipItem> items) implements Reading {}

        /** The file is whole, but has more entries than a plugin may have. */
        record TooLarge() implements Reading {}

        /** The file begins like a zip file and does not end like one. */
        record CutOff() implements Reading {}

        /** The file does not even begin like a zip file. */
        record NoZip() implements Reading {}

        /** The file could not be read. */
        record Unreadable(String message) implements Reading {}
    }

    /** Reads the directory of a file. */
    public static Reading read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (!beginsLikeZip(channel)) {
                return channel.size() == 0 ? new Reading.CutOff() : new Reading.NoZip();
            }
            Optional<End> end = findEnd(channel);
            return end.isPresent() ? items(channel, end.get()) : new Reading.CutOff();
        } catch (IOException e) {
            return new Reading.Unreadable(e.toString());
        }
    }

    private record End(long position, int count, long size, long offset) {}

    private static boolean beginsLikeZip(FileChannel channel) throws IOException {
        if (channel.size() < Integer.BYTES) {
            return false;
        }
        int signature = read(channel, 0, Integer.BYTES).getInt();
        return signature == LOCAL || signature == END;
    }

    private static Optional<End> findEnd(FileChannel channel) throws IOException {
        int length = (int) Math.min(channel.size(), END_BYTES + MAX_COMMENT);
        long start = channel.size() - length;
        ByteBuffer tail = read(channel, start, length);
        for (int at = length - END_BYTES; at >= 0; at--) {
            boolean fits = tail.getInt(at) == END && at + END_BYTES + unsigned(tail, at + 20) == length;
            if (fits) {
                return Optional.of(new End(
                        start + at,
                        unsigned(tail, at + 10),
                        Integer.toUnsignedLong(tail.getInt(at + 12)),
                        Integer.toUnsignedLong(tail.getInt(at + 16))));
            }
        }
        return Optional.empty();
    }

    private static Reading items(FileChannel channel, End end) throws IOException {
        if (end.count() == IN_ZIP64 || end.offset() == OFFSET_IN_ZIP64 || end.size() > MAX_BYTES) {
            return new Reading.TooLarge();
        }
        if (end.offset() + end.size() != end.position()) {
            return new Reading.CutOff();
        }
        ByteBuffer headers = read(channel, end.offset(), (int) end.size());
        List<ZipItem> items = new ArrayList<>();
        while (headers.remaining() >= HEADER_BYTES && headers.getInt(headers.position()) == HEADER) {
            Optional<ZipItem> item = item(headers);
            if (item.isEmpty()) {
                return new Reading.CutOff();
            }
            items.add(item.get());
        }
        boolean good = !headers.hasRemaining() && items.size() == end.count();
        return good ? new Reading.Whole(List.copyOf(items)) : new Reading.CutOff();
    }

    /** Reads the header at the buffer's position and moves behind it. */
    private static Optional<ZipItem> item(ByteBuffer headers) {
        int at = headers.position();
        int nameLength = unsigned(headers, at + 28);
        int length = HEADER_BYTES + nameLength + unsigned(headers, at + 30) + unsigned(headers, at + 32);
        if (length > headers.remaining()) {
            return Optional.empty();
        }
        byte[] name = new byte[nameLength];
        headers.get(at + HEADER_BYTES, name);
        headers.position(at + length);
        return Optional.of(new ZipItem(
                new String(name, StandardCharsets.UTF_8),
                Integer.toUnsignedLong(headers.getInt(at + 42)),
                Integer.toUnsignedLong(headers.getInt(at + 20)),
                Integer.toUnsignedLong(headers.getInt(at + 24)),
                (unsigned(headers, at + 8) & 1) != 0,
                headers.getInt(at + 38) >>> 16));
    }

    static int unsigned(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int got;
        do { // a read may be short; when the file shrinks meanwhile, the rest stays zero
            got = channel.read(buffer, position + buffer.position());
        } while (got >= 0 && buffer.hasRemaining());
        return buffer.rewind();
    }
}
