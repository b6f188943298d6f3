// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Values in the order of their keys.
 *
 * @param next what to give to {@link SharedFilter#after} for those that follow; nothing after the last
 */
public record SharedPage(List<SharedValue> values, Optional<String> next) {
    public SharedPage {
        values = List.copyOf(values);
        Objects.requireNonNull(next, "next is null");
    }
}
