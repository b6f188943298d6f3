// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.felix;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** The code of a bundle of plain Felix; answers as a generated plugin does: its version in a field and on 50 lines. */
public final class VersionServlet extends HttpServlet {
    private final String version;

    /** Reads the version. */
    public VersionServlet() throws IOException {
        try (InputStream entry = VersionServlet.class.getResourceAsStream("/version")) {
            version = new String(entry.readAllBytes(), UTF_8);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("X-Version", version);
        response.getOutputStream().write((version + "\n").repeat(50).getBytes(UTF_8));
    }
}
