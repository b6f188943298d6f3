// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import dev.mortise.kernel.port.WorkerProcesses.Database;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the process was given and may be given anew at any time; every reader sees what holds when he asks. */
public final class Given {
    private volatile State state;

    /**
     * What holds.
     *
     * @param credential what the core is called with; empty for a plugin that runs alone
     * @param hopKeys verify the tokens of calls, the newest first; none for a plugin that runs alone
     * @param database how the plugin's tables are reached
     * @param tenants settings and credentials by the id of the tenant
     */
    public record State(
            String credential, List<String> hopKeys, Optional<Database> database, Map<String, TenantPart> tenants) {
        /** Nothing. */
        public static final State NONE = new State("", List.of(), Optional.empty(), Map.of());

        public State {
            hopKeys = List.copyOf(hopKeys);
            tenants = Map.copyOf(tenants);
        }

        /** Answers the same, with calls signed by this key from now on; those under way may have the one before. */
        public State signedWith(String hopKey) {
            return new State(credential, InputLine.newest(hopKey, hopKeys), database, tenants);
        }

        /** Answers the same without what a tenant gave. */
        public State without(String tenant) {
            Map<String, TenantPart> others = new HashMap<>(tenants);
            others.remove(tenant);
            return new State(credential, hopKeys, database, others);
        }

        @Override
        public String toString() {
            return "State[" + tenants.keySet() + "]";
        }
    }

    /** Begins with what is known. */
    public Given(State known) {
        this.state = known;
    }

    /** Answers what holds now. */
    public State now() {
        return state;
    }

    /** Answers the settings and credentials of a tenant. */
    public Optional<TenantPart> tenant(String id) {
        return Optional.ofNullable(state.tenants().get(id));
    }

    /** Answers the tenants that something is known of. */
    public Set<String> tenants() {
        return state.tenants().keySet();
    }

    /** Changes it in one step. */
    public synchronized void change(UnaryOperator<State> change) {
        state = change.apply(state);
    }
}
