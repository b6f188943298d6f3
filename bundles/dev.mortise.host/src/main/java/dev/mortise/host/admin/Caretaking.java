// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.kernel.port.PluginData;
import dev.mortise.kernel.port.PluginDatabase;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What orders about the data of plugins are carried to; each part may not be there yet, which refuses the order. */
public record Caretaking(
        Supplier<Optional<Orders>> takers,
        Supplier<HostSnapshot> snapshots,
        Supplier<Optional<PluginDatabase>> database,
        Supplier<Optional<PluginData>> data) {
    Orders orders() {
        return takers.get().orElseThrow(() -> unavailable(Ordering.tooEarly().message()));
    }

    PluginDatabase tables() {
        return database.get().orElseThrow(Caretaking::noDatabase);
    }

    PluginData keeper() {
        return data.get().orElseThrow(Caretaking::noDatabase);
    }

    /** Asks the thread that decides; no start passes it meanwhile. */
    <T> T ask(Function<OperatorOrders, T> question) {
        return new Ordering(orders(), snapshots).answer(question);
    }

    private static MortiseException noDatabase() {
        return unavailable("The database is not there yet. Try again.");
    }

    private static MortiseException unavailable(String sentence) {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, sentence);
    }
}
