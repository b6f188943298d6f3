// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Objects;

/** A JSON value as text. Mappers take it from any value, null included, and write it as it is; numbers stay exact. */
public record JsonText(String text) {
    public JsonText {
        Objects.requireNonNull(text, "text is null");
    }
}
