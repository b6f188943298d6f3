// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.List;

/** How commands are called and what they do, and where there are more; {@code more} is empty when there are none. */
public record Manual(String heading, List<Entry> commands, String more) {
    /** One command, or one verb of it. */
    public record Entry(String usage, String meaning) {}

    static Manual of(String heading, List<Usage> usages, String more) {
        return new Manual(
                heading,
                usages.stream()
                        .map(usage -> new Entry(usage.text(), usage.meaning()))
                        .toList(),
                more);
    }
}
