// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One jar in the watched folder.
 *
 * @param path relative to the folder
 * @param reason why it is not taken; empty for a complete one
 * @param since when it came to this condition
 */
public record FolderFile(Path path, Stamp stamp, Condition condition, String reason, Instant since) {
    /** How far a file is. */
    public enum Condition {
        /** Still growing, or not yet long enough without change. */
        INCOMING,
        /** Whole: it can be staged. */
        COMPLETE,
        /** No zip file, or one that stopped growing before it was whole. */
        REJECTED
    }

    /** Answers the name without folders. */
    public String name() {
        return String.valueOf(path.getFileName());
    }
}
