// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks through the watched folder and its subfolders; hidden names and everything but jars and markers is left alone. */
final class FolderScan extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Listing found = new Listing(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());

    private FolderScan(Path root) {
        this.root = root;
    }

    /**
     * Looks once; a folder or file that vanishes meanwhile is not there.
     *
     * @throws IOException when the folder or one below it can't be read: then nobody knows what lies there
     */
    static Listing look(Path root, int depth) throws IOException {
        FolderScan scan = new FolderScan(root);
        Files.walkFileTree(root, Set.of(), depth + 1, scan);
        return scan.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (!folder.equals(root) && hidden(folder)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        found.folders().add(root.relativize(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Path name = root.relativize(file);
        if (hidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (isJar(file)) {
            addJar(name, file, attributes);
        } else if (Marker.kindOf(file).isPresent()) {
            found.markers().add(name);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root) || !(failure instanceof NoSuchFileException)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException vanished) {
        return FileVisitResult.CONTINUE;
    }

    /** Tells whether a file of this name may be a plugin. */
    static boolean isJar(Path file) {
        return name(file).toLowerCase(Locale.ROOT).endsWith(".jar") && !hidden(file);
    }

    private void addJar(Path name, Path file, BasicFileAttributes attributes) {
        try {
            // a link to a jar counts as that jar, a link to a folder is not followed
            BasicFileAttributes target =
                    attributes.isSymbolicLink() ? Files.readAttributes(file, BasicFileAttributes.class) : attributes;
            if (target.isRegularFile()) {
                found.jars().put(name, Stamp.of(target));
            }
        } catch (IOException brokenLink) {
            found.jars().remove(name);
        }
    }

    private static boolean hidden(Path file) {
        return name(file).startsWith(".");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
