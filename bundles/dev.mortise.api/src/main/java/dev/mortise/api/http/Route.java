// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.Objects;

/**
 * One route of a plugin.
 *
 * @param method an HTTP method in upper case
 * @param path relative to the plugin's mount, with {@code {name}} or {@code :name} for one segment
 * @param handler answers its requests
 */
public record Route(String method, String path, Handler handler) {
    public Route {
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(handler, "handler is null");
    }

    /** Makes a GET route; it answers HEAD too. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", path, handler);
    }

    /** Makes a POST route. */
    public static Route post(String path, Handler handler) {
        return new Route("POST", path, handler);
    }

    /** Makes a PUT route. */
    public static Route put(String path, Handler handler) {
        return new Route("PUT", path, handler);
    }

    /** Makes a PATCH route. */
    public static Route patch(String path, Handler handler) {
        return new Route("PATCH", path, handler);
    }

    /** Makes a DELETE route. */
    public static Route delete(String path, Handler handler) {
        return new Route("DELETE", path, handler);
    }
}
