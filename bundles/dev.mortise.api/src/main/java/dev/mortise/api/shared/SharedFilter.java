// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import java.util.Objects;
import java.util.Optional;

/**
 * Which values are listed: {@code SharedFilter.ALL.ownedBy("inventory").startingWith("eu-")}.
 *
 * @param owner the plugin that they belong to
 * @param prefix how their keys begin; may be empty
 * @param after the key behind which to go on, as {@link SharedPage#next} says; may be empty
 * @param limit how many at most, 1 to 1000
 */
public record SharedFilter(Optional<String> owner, String prefix, String after, int limit) {
    /** The most that one page has. */
    public static final int MOST = 1_000;

    /** All values, a hundred at a time. */
    public static final SharedFilter ALL = new SharedFilter(Optional.empty(), "", "", 100);

    public SharedFilter {
        Objects.requireNonNull(owner, "owner is null");
        Objects.requireNonNull(prefix, "prefix is null");
        Objects.requireNonNull(after, "after is null");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " values, not " + limit + ".");
        }
    }

    /** Only those of one plugin. */
    public SharedFilter ownedBy(String plugin) {
        return new SharedFilter(Optional.of(plugin), prefix, after, limit);
    }

    /** Only those whose keys begin so. */
    public SharedFilter startingWith(String start) {
        return new SharedFilter(owner, start, after, limit);
    }

    /** Only those behind a key. */
    public SharedFilter after(String key) {
        return new SharedFilter(owner, prefix, key, limit);
    }

    /** At most so many. */
    public SharedFilter atMost(int number) {
        return new SharedFilter(owner, prefix, after, number);
    }
}
