// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plugin is the same wherever it runs: one suite for all places, in one container. Where a place differs, the row says why
 * and looks for what holds there; what is not said must not differ.
 */
final class RuntimeContractIT {
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    @AutoClose
    private static WorkerProgram remote;

    private static Client mate;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("process.properties"), "remote.addresses = 127.0.0.0/8\n");
        Files.writeString(etc.resolve("workers.properties"), "health.seconds = 1\n");
        Files.writeString(
                etc.resolve("plugins.properties"),
                "%s.location = worker\n%s.location = worker\n".formatted(Place.WORKER.plugin(), Place.NODE.plugin()));
        container = Container.start(PRODUCT, home).awaitReady();
        container.drop(RowsPlugin.mate().writeTo(folder.resolve("mate.jar")), "mate.jar");
        for (Place place : List.of(Place.BUNDLE, Place.WORKER, Place.NODE)) {
            container.drop(RowsPlugin.at(place).writeTo(folder.resolve("next.jar")), place.plugin() + ".jar");
        }
        remote = announced(folder);
        for (Place place : List.of(Place.BUNDLE, Place.WORKER, Place.NODE)) {
            container.awaitState(place.plugin(), "READY");
        }
        container.awaitState("mate", "READY");
        container.awaitState("worker-token", "READY");
        mate = PluginClients.of(container, "mate", "default");
        Subject subject = new Subject(Place.REMOTE, container, remote, mate);
        Wait.until("the remote one serves", () -> subject.get("/bytes").status() == 200);
    }

    private static WorkerProgram announced(Path folder) throws Exception {
        Answer made = container
                .admin()
                .post("/api/v1/tokens", "{\"kind\":\"remote\",\"plugin\":\"%s\"}".formatted(Place.REMOTE.plugin()));
        Path token = Files.writeString(
                folder.resolve("token"), made.json().path("token").asText());
        return WorkerProgram.start(
                PRODUCT,
                Map.of("ROWS_COLOUR", "green"),
                folder.resolve("remote.out"),
                "--plugin",
                RowsPlugin.at(Place.REMOTE)
                        .writeTo(folder.resolve("remote.jar"))
                        .toString(),
                "--core",
                container.anonymous().base().toString(),
                "--token-file",
                token.toString());
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(Place.values()).flatMap(place -> Stream.of(
                        GivenRows.all(),
                        AnswerRows.all(),
                        RequestRows.all(),
                        FaultRows.all(),
                        ContextRows.all(),
                        StreamRows.all(),
                        TimeRows.all(),
                        BackRows.all(),
                        ToolRows.all(),
                        EndRows.all())
                .flatMap(List::stream)
                .map(row -> Arguments.of(place, Named.of(row.title(place), row))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void holds(Place place, Row row) throws Exception {
        row.run(new Subject(place, container, remote, mate));
    }
}
