// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Optional;

/**
 * Why a plugin is not READY. Every kind says what happened, to whom, what was expected and what to do; the same sentence
 * stands in markers, log, shell and HTTP.
 */
public sealed interface Problem {
    /** The kinds that operators and programs tell apart. */
    enum Code {
        MISSING_DEPENDENCY,
        VERSION_MISMATCH,
        CYCLE,
        MANIFEST,
        INTAKE,
        CLASH,
        MIGRATION,
        START,
        HEALTH
    }

    /** Answers the kind. */
    Code code();

    /** Answers the sentence. */
    String message();

    /** Answers what to do, as a sentence or a command. */
    String remedy();

    /** A dependency of a plugin that is not served; {@code index} is its place in {@code plugin.json}. */
    sealed interface Unserved extends Problem {
        /** Answers the plugin that needs it. */
        PluginId plugin();

        /** Answers what it needs. */
        Dependency dependency();

        /** Answers which of its dependencies that is, from 0. */
        int index();

        @Override
        default Code code() {
            return Code.MISSING_DEPENDENCY;
        }
    }

    /** Nobody offers a required service. */
    record MissingDependency(PluginId plugin, Dependency dependency, int index) implements Unserved {
        @Override
        public String message() {
            return "Missing required dependency '%s' (%s) of plugin '%s': no plugin offers it. %s"
                    .formatted(dependency.service(), dependency.range(), plugin, remedy());
        }

        @Override
        public String remedy() {
            return "Deploy plugin '" + dependency.plugin() + "'.";
        }
    }

    /**
     * The plugin that a dependency names is here, but without the service.
     *
     * @param version the version of that plugin
     * @param offered its services, each with its version
     */
    record NotOffered(PluginId plugin, Dependency dependency, int index, Version version, List<String> offered)
            implements Unserved {
        private static final int SHOWN = 5;

        public NotOffered {
            offered = List.copyOf(offered);
        }

        /** Tells what the provider offers instead. */
        public static NotOffered by(PluginManifest provider, PluginId plugin, Dependency dependency, int index) {
            List<String> offered = provider.services().stream()
                    .map(service -> service.name() + " " + service.version())
                    .toList();
            return new NotOffered(plugin, dependency, index, provider.version(), offered);
        }

        @Override
        public String message() {
            return "Missing required dependency '%s' (%s) of plugin '%s': plugin '%s' %s does not offer it, %s. %s"
                    .formatted(
                            dependency.service(),
                            dependency.range(),
                            plugin,
                            dependency.plugin(),
                            version,
                            instead(),
                            remedy());
        }

        @Override
        public String remedy() {
            return "Deploy a version of plugin '" + dependency.plugin() + "' that offers it.";
        }

        private String instead() {
            if (offered.isEmpty()) {
                return "nor any other service";
            }
            int more = offered.size() - SHOWN;
            return "only " + String.join(", ", more > 0 ? offered.subList(0, SHOWN) : offered)
                    + (more > 0 ? " and " + more + " more" : "");
        }
    }

    /**
     * A required service is offered by a plugin that is here but does not serve.
     *
     * @param reason why the provider does not serve, as sentences; empty when nobody said
     */
    record ProviderNotReady(PluginId plugin, Dependency dependency, int index, PluginState state, String reason)
            implements Unserved {
        @Override
        public String message() {
            return "Required dependency '%s' (%s) of plugin '%s' is not served: plugin '%s' is %s. %s"
                    .formatted(
                            dependency.service(),
                            dependency.range(),
                            plugin,
                            dependency.plugin(),
                            state,
                            reason.isEmpty() ? remedy() : reason);
        }

        @Override
        public String remedy() {
            return (comesByItself()
                            ? "Wait for plugin '%s': it comes by itself; 'why %s' says how it stands."
                            : "Mend plugin '%s' first; 'why %s' says how.")
                    .formatted(dependency.plugin(), dependency.plugin());
        }

        // one that drains or has stopped and is still wanted is being restarted
        private boolean comesByItself() {
            return switch (state) {
                case STAGED, RESOLVED, MIGRATING, STARTING, DRAINING, STOPPED -> true;
                default -> false;
            };
        }
    }

    /** A service is offered, but in a version outside the range. */
    record VersionMismatch(PluginId plugin, Dependency dependency, int index, Version installed) implements Unserved {
        @Override
        public Code code() {
            return Code.VERSION_MISMATCH;
        }

        @Override
        public String message() {
            return "Version mismatch for %s: requires %s, installed %s. %s"
                    .formatted(dependency.service(), dependency.range(), installed, remedy());
        }

        @Override
        public String remedy() {
            return "Deploy %s %s or relax the range in plugin '%s'."
                    .formatted(dependency.service(), dependency.range().spoken(), plugin);
        }
    }

    /**
     * Required dependencies lead back to where they start.
     *
     * @param consequence what comes of it, as the beginning of a sentence; empty when it is only seen
     */
    record DependencyCycle(List<PluginId> path, String consequence) implements Problem {
        public DependencyCycle {
            path = List.copyOf(path);
        }

        /** Makes a cycle that is only seen. */
        public DependencyCycle(List<PluginId> path) {
            this(path, "");
        }

        @Override
        public Code code() {
            return Code.CYCLE;
        }

        @Override
        public String message() {
            return consequence + "Circular dependency detected: "
                    + String.join(" -> ", path.stream().map(PluginId::value).toList());
        }

        @Override
        public String remedy() {
            return "Make one of these dependencies optional, or move what is shared into a plugin of its own.";
        }
    }

    /** The service belongs to another plugin than the dependency names. */
    record WrongOwner(PluginId plugin, Dependency dependency, int index, PluginId owner) implements Unserved {
        @Override
        public String message() {
            return "Dependency '%s' of plugin '%s' names plugin '%s', but the service belongs to plugin '%s'. %s"
                    .formatted(dependency.service(), plugin, dependency.plugin(), owner, remedy());
        }

        @Override
        public String remedy() {
            return "Write \"pluginId\": \"%s\" in plugin '%s'.".formatted(owner, plugin);
        }
    }

    /** {@code plugin.json} breaks its schema at one place (RFC 6901 pointer). */
    record ManifestProblem(String pointer, String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.MANIFEST;
        }
    }

    /** The file is no plugin jar, or one that Mortise does not take. */
    record IntakeProblem(String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.INTAKE;
        }
    }

    /** Two plugins want the same name, route or version. */
    record Clash(PluginId plugin, PluginId owner, String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.CLASH;
        }
    }

    /** The plugin asks for another Mortise. */
    record HostMismatch(PluginId plugin, VersionRange range, Version host) implements Problem {
        @Override
        public Code code() {
            return Code.VERSION_MISMATCH;
        }

        @Override
        public String message() {
            return "Plugin '%s' needs Mortise %s, but this is %s. %s".formatted(plugin, range, host, remedy());
        }

        @Override
        public String remedy() {
            return "Update Mortise, or deploy a version of plugin '" + plugin + "' that is made for it.";
        }
    }

    /** A migration failed; nothing of it was kept. */
    record MigrationProblem(String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.MIGRATION;
        }
    }

    /** The code did not start: an import, an activator, a component or a hook. */
    record StartProblem(String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.START;
        }
    }

    /** The plugin runs but says it is not well. */
    record HealthProblem(String message, String remedy) implements Problem {
        @Override
        public Code code() {
            return Code.HEALTH;
        }
    }

    /** What was written down of a problem before the container started. */
    record Recorded(Code code, String message, String remedy) implements Problem {}

    /** Answers the place in {@code plugin.json} that this is about, when there is one (RFC 6901). */
    default Optional<String> pointerText() {
        if (this instanceof ManifestProblem manifest) {
            return Optional.of(manifest.pointer());
        }
        return this instanceof Unserved need ? Optional.of("/api/dependencies/" + need.index()) : Optional.empty();
    }
}
