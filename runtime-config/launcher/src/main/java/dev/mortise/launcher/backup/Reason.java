// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Says why something could not be read or written, in words for people; no class is named. */
final class Reason {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private Reason() {}

    /** Return the words, without a point at their end. */
    static String of(Exception fault) {
        String words = words(fault);
        return FULL.stream().anyMatch(words::contains) ? words + ". Make room, or name a file on another disk" : words;
    }

    private static String words(Exception fault) {
        boolean bare = String.valueOf(fault.getMessage()).equals(String.valueOf(fault.getCause()));
        if (bare && fault.getCause() instanceof IOException cause) {
            return words(cause); // nobody said more than that it happened
        }
        if (fault instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        if (fault instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be used";
        }
        if (fault instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + " can't be used";
        }
        return Optional.ofNullable(fault.getMessage())
                .map(message -> message.replaceFirst("\\.$", ""))
                .orElse("the disk refused it");
    }
}
