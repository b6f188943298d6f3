// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/** Limits that tests reach soon. */
final class TestLimits {
    private TestLimits() {}

    static Limits withLock(int millis) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.connections(),
                usual.coreConnections(),
                usual.pluginConnections(),
                usual.idleTime(),
                usual.patience(),
                usual.connectTimeout(),
                usual.statement(),
                Duration.ofMillis(millis),
                usual.idleTransaction(),
                usual.migration());
    }
}
