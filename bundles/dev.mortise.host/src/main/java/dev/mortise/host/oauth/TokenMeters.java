// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.kernel.port.Meters;
import dev.mortise.rules.oauth.TokenAnswer;
import java.util.Map;

/** Counts what authorization servers answered; follows the telemetry bundle. */
public final class TokenMeters implements AutoCloseable {
    private static final Meters.Series ANSWERS = new Meters.Series(
            "mortise.oauth.answers", "Answers of authorization servers, by what was asked and what came.", Map.of());

    // The monitor guards these: servers are asked rarely.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();

    /** Counts nowhere yet. */
    public TokenMeters() {}

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        group.close();
        source = meters;
        group = meters.open();
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    synchronized void came(String asked, TokenAnswer answer) {
        String result = answer instanceof TokenAnswer.Granted
                ? "granted"
                : answer instanceof TokenAnswer.Refused ? "refused" : "unclear";
        group.counter(ANSWERS.with("asked", asked).with("result", result)).add(1);
    }

    @Override
    public synchronized void close() {
        group.close();
    }
}
