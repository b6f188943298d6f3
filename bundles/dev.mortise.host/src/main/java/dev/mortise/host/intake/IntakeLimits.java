// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.util.Optional;

/**
 * What a jar may hold at most, and who must have signed it.
 *
 * @param jarBytes size of the file
 * @param entries number of entries
 * @param unpackedBytes size of everything unpacked
 * @param ratio unpacked to packed, asked only of jars that unpack to more than {@value #RATIO_FROM_BYTES} bytes
 * @param signers absent when anybody's jar is taken
 */
public record IntakeLimits(
        long jarBytes, int entries, long unpackedBytes, int ratio, Optional<TrustedSigners> signers) {
    /** Below this, even the tightest packing harms nobody. */
    static final long RATIO_FROM_BYTES = 10 << 20;

    /** The largest META-INF/MANIFEST.MF and the largest plugin.json. */
    static final int METADATA_BYTES = 512 << 10;

    /** The largest migration. */
    static final int MIGRATION_BYTES = 4 << 20;

    /** All that is kept of one jar while it is judged. */
    static final int KEPT_BYTES = 16 << 20;

    /** The largest file of a signature, which is read at one go. */
    static final int SIGNATURE_BYTES = 4 << 20;
}
