// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.testkit.PluginBuilder;
import java.util.List;

/** Finds two faults in whatever has no host, and takes all else for the manifest of its plugin. */
record StubManifests(PluginBuilder plugin) implements ManifestReader {
    @Override
    public Result read(byte[] document) {
        return new String(document, UTF_8).contains("\"host\"")
                ? new Result.Valid(plugin.manifest())
                : new Result.Invalid(List.of(
                        new ManifestProblem("/host", "'host' is missing.", "Add it."),
                        new ManifestProblem("", "The manifest is poor.", "Enrich it.")));
    }
}
