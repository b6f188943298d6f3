// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;

/** Holds while a count does not change and is less than all. */
final class Steady extends TypeSafeMatcher<Long> {
    private final long all;
    private long last = -1;

    Steady(long all) {
        this.all = all;
    }

    @Override
    protected boolean matchesSafely(Long now) {
        boolean same = now == last && now < all;
        last = now;
        return same;
    }

    @Override
    public void describeTo(Description description) {
        description.appendText("a steady count below " + all);
    }
}
