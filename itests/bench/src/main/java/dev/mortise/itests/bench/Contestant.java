// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Client;
import java.io.IOException;
import java.nio.file.Path;

/** A container that deploys from a folder: Mortise, or one that it is measured beside. */
interface Contestant extends AutoCloseable {
    /** Answers the name in the report. */
    String name();

    /** Starts the process, or starts it again on what it has on disk; does not wait. */
    void start() throws Exception;

    /** Waits until what a fresh process serves by itself answers. */
    void awaitOpen() throws Exception;

    /** Answers the folder that is watched. */
    Path folder();

    /** Writes the jar of a plugin whose one route answers its version. */
    Path write(Path file, String id, String version) throws IOException;

    /** Answers a client that may call the route of any plugin. */
    Client client();

    /** Answers the path of a plugin's route. */
    String route(String id);

    /** Answers the process. */
    long pid();

    /** Ends the process in order. */
    @Override
    void close() throws Exception;
}
