// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.core.Announcer;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.core.Registration;
import dev.mortise.worker.core.RemoteSharedData;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.given.Options;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker on any machine, which announces its plugin to a core. */
final class RemoteProcess {
    /** Calls that are under way have as long as a call may take that says nothing of its time. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    /** By how much a call may be here before the key that it is signed with. */
    private static final Duration OVERTAKEN = Duration.ofSeconds(1);

    private final Options options;
    private final PluginSource source;
    private final Map<String, String> environment;
    private final Given given = new Given(Given.State.NONE);

    RemoteProcess(Options options, PluginSource source, Map<String, String> environment) {
        this.options = options;
        this.source = source;
        this.environment = environment;
    }

    /** Runs until a signal comes, or the core refuses the plugin. */
    void run() throws Exit, InterruptedException {
        requireToken();
        WorkerServer server = Startup.listen(options.bind(), options.port());
        Json json = ClassPath.find(JsonFactory.class).lenient();
        URI url = options.core().orElseThrow();
        CoreClient core = new CoreClient(url, this::token);
        Startup startup = new Startup(source, environment, given);
        Worker worker = startup.start(
                server, core, new RemoteSharedData(source.manifest().id().value(), core, json), FAREWELL);
        Announcer announcer = new Announcer(
                new Registration(core, json), announcement(server.port()), this::take, worker::registryHealth);
        ShutdownHook hook = ShutdownHook.of(() -> {
            announcer.close();
            worker.close();
        });
        try (worker;
                announcer) {
            worker.begin(Optional.of(() -> keys(announcer)));
            Optional<String> refused = announcer.run();
            if (refused.isPresent()) {
                throw new Exit(Exit.USAGE, "The core at " + url + " refuses the plugin: " + refused.get());
            }
        } catch (StartRefused e) {
            throw new Exit(Exit.FAULT, e.sentence());
        } finally {
            hook.forget();
        }
    }

    private List<String> keys(Announcer announcer) {
        announcer.awaitLease(OVERTAKEN);
        return given.now().hopKeys();
    }

    private Registration.Announcement announcement(int port) {
        String host = options.bind().equals("0.0.0.0") ? hostName() : options.bind();
        return new Registration.Announcement(
                source.manifest().json(),
                options.advertise().orElse("http://" + host + ":" + port),
                Optional.of(options.node().orElseGet(RemoteProcess::hostName)),
                options.tenant());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private void take(Registration.Lease lease) {
        given.change(before -> before.signedWith(lease.hopKey()));
    }

    /** Later it may be away for a moment, while somebody writes another one. */
    private void requireToken() throws Exit {
        try {
            if (token().isEmpty()) {
                throw new Exit(
                        Exit.CONFIGURATION,
                        "There is no token in '" + options.tokenFile().orElseThrow() + "'.");
            }
        } catch (UncheckedIOException e) {
            throw new Exit(Exit.CONFIGURATION, e.getMessage() + " Does it exist, and may this user read it?");
        }
    }

    /** Read each time, so that whoever renews the token needs to do no more than write the file. */
    private String token() {
        Path file = options.tokenFile().orElseThrow();
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The token can't be read from '" + file + "'.", e);
        }
    }
}
