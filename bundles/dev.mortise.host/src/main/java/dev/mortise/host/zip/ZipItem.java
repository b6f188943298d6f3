// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.zip;

/**
 * One entry as the directory of a zip file declares it.
 *
 * @param offset where its own header begins, in front of its content
 * @param packed bytes in the file
 * @param size bytes when unpacked; a claim until somebody unpacks it
 * @param unixMode mode bits of the file it was made from, 0 when unknown
 */
public record ZipItem(String name, long offset, long packed, long size, boolean encrypted, int unixMode) {
    private static final int TYPE = 0xF000;
    private static final int LINK = 0xA000;

    /** Tells whether the entry is a symbolic link. */
    public boolean link() {
        return (unixMode & TYPE) == LINK;
    }
}
