// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The address that the HTTP surface is going to listen on. */
public record ListeningPort(String host, int port) {

    /** Fail when nobody can listen here: the address is not of this machine, or another process does already, and which. */
    public void requireFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION, "http.host '" + host + "' is unknown. Set MORTISE_HTTP_HOST.", e);
        } catch (BindException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Port " + port + " can't be used: " + e.getMessage() + ". Set MORTISE_HTTP_PORT.",
                    e);
        }
    }

    private LaunchFailure refused(BindException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.startsWith("Permission denied")) {
            return new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Port " + port + " is not permitted to this user. Set MORTISE_HTTP_PORT.",
                    e);
        }
        if (!reason.startsWith("Address already in use")) {
            return new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "http.host '" + host + "' is no address of this machine. Set MORTISE_HTTP_HOST.",
                    e);
        }
        String owner = PortOwner.find(port).map(PortOwner::toString).orElse("another process");
        return new LaunchFailure(
                ExitCode.IN_USE, "Port " + port + " is already in use by " + owner + ". Set MORTISE_HTTP_PORT.", e);
    }
}
