// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.Optional;

/** What a running plugin version tells of itself. */
public sealed interface RunReport {
    /** It has come to STARTING. */
    record Phase(PluginState state) implements RunReport {}

    /** It begins a phase of its start. */
    record Entered(Deployment.Phase phase) implements RunReport {}

    /** The contract migrations that were left ran, or did not. */
    record Contracted(Optional<Problem> problem) implements RunReport {}

    /** It can't go on now and tries again by itself. */
    record Delayed(Problem problem) implements RunReport {}

    /** It stands ready and well enough to serve; told again whenever something of it changed. */
    record Serving(Contribution contribution) implements RunReport {}

    /** It stands ready in the place that it is moved to, which is recorded. */
    record Moved(Contribution contribution) implements RunReport {}

    /** It could not be moved and goes on where it is. */
    record Stayed(Problem problem) implements RunReport {}

    /** It stands, but must not be called until it is {@link Serving} again. */
    record Impaired(Problem problem) implements RunReport {}

    /** It is over: it did not start, or was ended by somebody else. */
    record Failed(Problem problem) implements RunReport {}
}
