// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Set;

/**
 * Where and how a plugin may run, as its manifest says.
 *
 * @param locations where: bundle, worker, remote; never empty
 * @param scope whether one process serves one tenant or all
 * @param instances how many processes serve the same tenants
 * @param env environment variables that its process asks for; the operator allows them
 * @param command what starts its process, program first; empty for a plugin that runs in a framework
 * @param envSecrets whether its process wants settings and credentials in its environment; the operator allows it
 * @param coexist whether several majors may run side by side
 */
public record RuntimeDeclaration(
        Set<String> locations,
        Scope scope,
        int instances,
        List<String> env,
        List<String> command,
        boolean envSecrets,
        boolean coexist) {
    /** In the container, as a bundle. */
    public static final String BUNDLE = "bundle";

    /** In a process of its own on the container's machine. */
    public static final String WORKER = "worker";

    private static final List<String> PREFERENCE = List.of(BUNDLE, WORKER, "remote");

    /** What a manifest means that says nothing of it. */
    public static final RuntimeDeclaration DEFAULT =
            new RuntimeDeclaration(Set.of(BUNDLE), Scope.TENANT, 1, List.of(), List.of(), false, false);

    /** Whom one process serves. */
    public enum Scope {
        /** One tenant. */
        TENANT,
        /** All tenants. */
        CONTAINER
    }

    public RuntimeDeclaration {
        locations = Set.copyOf(locations);
        env = List.copyOf(env);
        command = List.copyOf(command);
    }

    /** Answers where it runs when nobody says otherwise: the first of bundle, worker, remote that it lists. */
    public String preferred() {
        return PREFERENCE.stream().filter(locations::contains).findFirst().orElse(BUNDLE);
    }

    /** Answers the same in these locations. */
    public RuntimeDeclaration in(Set<String> places) {
        return new RuntimeDeclaration(places, scope, instances, env, command, envSecrets, coexist);
    }

    /** Answers the same, with several majors side by side or not. */
    public RuntimeDeclaration coexisting(boolean beside) {
        return new RuntimeDeclaration(locations, scope, instances, env, command, envSecrets, beside);
    }
}
