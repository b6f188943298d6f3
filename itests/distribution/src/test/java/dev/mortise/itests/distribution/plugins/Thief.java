// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tries what it is told to, and answers how each of that went, as thief.js does. */
@Component
public final class Thief implements RouteProvider {
    /** Made by DS. */
    @Activate
    public Thief() {}

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/try", Thief::all));
    }

    private static Response all(Request request) throws IOException {
        String got = request.body()
                .text()
                .lines()
                .map(line -> "\"" + attempt(line.split(" ", 2)) + "\"")
                .collect(Collectors.joining(","));
        String answer = "{\"pid\":%d,\"home\":\"%s\",\"got\":[%s]}"
                .formatted(ProcessHandle.current().pid(), System.getenv("HOME"), got);
        return Response.of(200, "application/json", Body.of(answer));
    }

    private static String attempt(String[] words) {
        try {
            return done(words[0], words[1]) ? "ok" : "EPERM";
        } catch (AccessDeniedException e) {
            return "EACCES";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("Permission denied") ? "EACCES" : e.toString();
        }
    }

    private static boolean done(String deed, String what) throws IOException {
        switch (deed) {
            case "read" -> {
                try (InputStream source = Files.newInputStream(Path.of(what))) {
                    return source.read() > -2;
                }
            }
            case "list" -> {
                try (Stream<Path> all = Files.list(Path.of(what))) {
                    return all.count() > -1;
                }
            }
            case "write" -> Files.write(Path.of(what), new byte[0], StandardOpenOption.APPEND);
            default -> {
                return kill(deed.equals("end") ? "KILL" : "STOP", what);
            }
        }
        return true;
    }

    private static boolean kill(String signal, String pid) throws IOException {
        try {
            return new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
