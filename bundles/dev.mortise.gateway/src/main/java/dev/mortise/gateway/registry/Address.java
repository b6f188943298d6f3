// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A base URL without what may be written in several ways (RFC 3986, section 6.2). */
record Address(String scheme, String host, int port, String path) {
    /** Reads a URL that was judged good. */
    static Address of(String baseUrl) {
        URI url = URI.create(baseUrl);
        String scheme = lower(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return new Address(
                scheme, lower(url.getHost()), port, path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
