// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Objects;

/** A version range in npm's grammar, as written; {@code dev.mortise.rules} judges it. */
public record VersionRange(String text) {
    public VersionRange {
        Objects.requireNonNull(text, "text is null");
    }

    @Override
    public String toString() {
        return text;
    }
}
