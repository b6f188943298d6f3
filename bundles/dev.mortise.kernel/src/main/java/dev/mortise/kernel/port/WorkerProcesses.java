// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs plugin versions in processes of their own on this machine. Implemented by process, used by the host. */
public interface WorkerProcesses {
    /**
     * Makes the processes of one plugin version; starts none yet. The caller retires what it gets.
     *
     * @param changed is called, on a thread that must not be kept, whenever {@link WorkerFleet#workers} would answer
     *     otherwise
     */
    WorkerFleet fleet(Order order, Supplies supplies, Runnable changed);

    /**
     * What is to run.
     *
     * @param jar the artifact in the store, never changed
     */
    record Order(PluginManifest manifest, Digest digest, Path jar) {}

    /**
     * What processes are given when they start. Implemented by the host; called on threads of the processes' owner, may
     * wait for the database and throws {@code MortiseException} when it has nothing to give.
     */
    interface Supplies {
        /** Answers what a new process for this tenant, or for all, is given; called once for each start. */
        Handover handover(Optional<String> tenant);

        /** Takes back what a process was given: it ended. */
        void release(Handover handover);
    }

    /**
     * What a process gets on its standard input: secrets, which stand neither in arguments nor in the environment.
     *
     * @param credential what it calls the core with
     * @param database how it reaches its tables, for plugins that have any
     * @param tenants settings and credentials by the id of the tenant
     */
    record Handover(String credential, Optional<Database> database, Map<String, TenantPart> tenants) {
        public Handover {
            tenants = Map.copyOf(tenants);
        }

        @Override
        public String toString() {
            return "Handover[" + tenants.keySet() + "]";
        }
    }

    /** How a process reaches its plugin's tables. */
    record Database(String url, String user, String password) {
        @Override
        public String toString() {
            return "Database[" + url + ", " + user + ", ***]";
        }
    }

    /**
     * What one tenant gave to the plugin, in the clear.
     *
     * @param config values that hold, by field
     * @param auth the credentials by field, where there are some
     */
    record TenantPart(Map<String, Object> config, Optional<Auth> auth) {
        public TenantPart {
            config = Map.copyOf(config);
        }

        @Override
        public String toString() {
            return "TenantPart[" + config.keySet() + "]";
        }
    }

    /** Credentials and the method by which they came. */
    record Auth(String methodId, Map<String, Object> credentials) {
        public Auth {
            credentials = Map.copyOf(credentials);
        }

        @Override
        public String toString() {
            return "Auth[" + methodId + "]";
        }
    }

    /** Answers the processes of all plugins, as an operator sees them. */
    List<WorkerFleet.Worker> workers();
}
