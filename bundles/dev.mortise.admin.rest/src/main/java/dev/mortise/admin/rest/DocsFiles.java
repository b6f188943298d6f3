// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page that shows the API: a fixed list, so that no name leads anywhere else. They are read anew for each
 * request, because a browser asks once and keeps them.
 */
final class DocsFiles {
    private static final String FOLDER = "docs/";
    private static final String PAGE = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "docs.css", "text/css;charset=utf-8",
            "docs.js", "text/javascript;charset=utf-8",
            "favicon-32x32.png", "image/png",
            "swagger-ui.css", "text/css;charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript;charset=utf-8");

    /** Answers the page, in which each file's address carries its print. */
    Content page() throws IOException {
        String page = read(PAGE).text();
        for (Map.Entry<String, String> file : TYPES.entrySet()) {
            String name = file.getKey();
            String address =
                    FOLDER + name + "?v=" + content(name, file.getValue()).print();
            page = page.replace("\"" + FOLDER + name + "\"", "\"" + address + "\"");
        }
        return Content.of("text/html;charset=utf-8", Body.of(page));
    }

    Optional<Content> find(String name) throws IOException {
        String type = TYPES.get(name);
        return type == null ? Optional.empty() : Optional.of(content(name, type));
    }

    private static Content content(String name, String type) throws IOException {
        return Content.of(type, read(name));
    }

    private static Body read(String name) throws IOException {
        try (InputStream file = DocsFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("The bundle has no " + FOLDER + name + ".");
            }
            return Body.of(file.readAllBytes());
        }
    }
}
