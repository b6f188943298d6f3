// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Reads a tar archive in GNU or ustar format: folders, files, symbolic links and GNU's long names. For our own archives
 * where there is no tar program; anything else in it is an error.
 */
final class TarArchive {
    private static final int BLOCK = 512;

    private final InputStream source;

    TarArchive(InputStream source) {
        this.source = source;
    }

    void extractTo(Path target) throws IOException {
        byte[] header = new byte[BLOCK];
        String longName = "";
        while (source.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            if (type == 'L') {
                longName = new String(content(size), StandardCharsets.UTF_8).replace("\0", "");
                continue;
            }
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            extract(target.resolve(name).normalize(), target, type, header, size);
        }
    }

    private void extract(Path place, Path target, char type, byte[] header, long size) throws IOException {
        if (!place.startsWith(target)) {
            throw new IOException("The archive names a place outside its folder: " + place);
        }
        Files.createDirectories(type == '5' || place.equals(target) ? place : place.resolveSibling("."));
        switch (type) {
            case '5' -> {}
            case '2' -> Files.createSymbolicLink(place, Path.of(text(header, 157, 100)));
            case '0', '\0' -> file(place, header, size);
            default -> throw new IOException("The archive holds an entry of unknown type '" + type + "': " + place);
        }
    }

    private void file(Path place, byte[] header, long size) throws IOException {
        Files.write(place, content(size));
        boolean program = (octal(header, 100, 8) & 0100) != 0;
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private byte[] content(long size) throws IOException {
        byte[] bytes = source.readNBytes(Math.toIntExact(size));
        if (bytes.length < size) {
            throw new EOFException("The archive ends inside a file.");
        }
        source.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return bytes;
    }

    private static String name(byte[] header) {
        boolean posix = text(header, 257, 6).equals("ustar");
        String prefix = posix ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
