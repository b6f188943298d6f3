// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server's command line; every setting of ours stands here, none in its configuration files. */
final class ServerCommand {
    private ServerCommand() {}

    static List<String> of(Programs programs, int major, Path cluster, int port, ServerSettings settings) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "port", String.valueOf(port),
                "unix_socket_directories", "",
                "max_connections", String.valueOf(settings.maxConnections()),
                "shared_buffers", settings.sharedBuffers(),
                "log_min_messages", "log",
                "log_line_prefix", "%e "));
        values.putAll(Map.of("timezone", "UTC", "log_timezone", "UTC", "jit", "off"));
        if (major >= 18) {
            // no worker processes for reading ahead: they cost memory and start-up, the machine is shared with the JVM
            values.put("io_method", "sync");
        }
        List<String> command = new ArrayList<>(List.of(programs.postgres(), "-D", cluster.toString()));
        values.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }
}
