// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** What the file system says of a file without opening it: when nothing of this changes, the content is taken to be the same. */
public record Stamp(long size, FileTime modified, String key) {
    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(
                attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey(), "no key"));
    }
}
