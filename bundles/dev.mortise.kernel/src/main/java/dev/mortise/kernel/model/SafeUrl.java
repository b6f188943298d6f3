// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which addresses secrets may be sent to, or come back by: https, and plain http on this machine alone. */
public final class SafeUrl {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final int MAX_LENGTH = 2000;

    private SafeUrl() {}

    /** Answers what is wrong with an address, to go on after its name, as in "is http, but https is expected". */
    public static Optional<String> objection(String url) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return objection(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.of("is no address");
        }
    }

    private static Optional<String> objection(URI url) {
        if (url.getRawAuthority() == null || url.getHost() == null || url.getScheme() == null) {
            return Optional.of("is no absolute address of a host");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("names a user or a fragment, which it may not");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean loopback = scheme.equals("http")
                && LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
        return scheme.equals("https") || loopback
                ? Optional.empty()
                : Optional.of("is neither https nor http on the loopback address");
    }
}
