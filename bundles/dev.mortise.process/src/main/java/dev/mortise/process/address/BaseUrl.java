// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that calls can be sent below, read so strictly that no other reader can see another host in it (RFC 3986 with
 * less freedom).
 *
 * @param text as it was announced, without a slash at the end
 * @param host a name in lower case, four decimal numbers, or an IPv6 address between brackets
 * @param path what stands before the target of each call; empty or beginning with a slash
 */
public record BaseUrl(String text, boolean secure, String host, int port, String path) {
    private static final int MAX_LENGTH = 1024;
    private static final Pattern SHAPE =
            Pattern.compile("(https?)://([^/?#\\\\@]*?)(?::([0-9]*))?(/[^?#]*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("(/([a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+)*");
    private static final Pattern DOTS = Pattern.compile(".*/(\\.|%2e){1,2}(/.*)?", Pattern.CASE_INSENSITIVE);

    static BaseUrl parse(String announced) throws RefusedUrl {
        if (announced.length() > MAX_LENGTH) {
            throw new RefusedUrl("it is longer than " + MAX_LENGTH + " characters.");
        }
        String text = announced.endsWith("/") ? announced.substring(0, announced.length() - 1) : announced;
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new RefusedUrl(misshapen(announced));
        }
        boolean secure = parts.group(1).equalsIgnoreCase("https");
        String host = parts.group(2).toLowerCase(Locale.ROOT);
        HostText.check(host);
        String path = parts.group(4) == null ? "" : parts.group(4);
        if (!PATH.matcher(path).matches() || DOTS.matcher(path).matches()) {
            throw new RefusedUrl("its path is no plain path.");
        }
        return new BaseUrl(text, secure, host, port(parts.group(3), secure), path);
    }

    private static String misshapen(String text) {
        if (!text.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            return "an instance is reached over http or https. Announce it as http://<host>:<port>.";
        }
        if (text.contains("@")) {
            return "it may name no user. Announce it as http://<host>:<port>.";
        }
        return "it may have a host, a port and a path, and nothing else. Announce it as http://<host>:<port>.";
    }

    @SuppressWarnings("NullAway") // a group that took no part is null
    private static int port(String digits, boolean secure) throws RefusedUrl {
        if (digits == null) {
            return secure ? 443 : 80;
        }
        int port = digits.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new RefusedUrl("its port is no number from 1 to 65535.");
        }
        return port;
    }

    /** Answers the host and port as the field Host has them (RFC 9110, section 7.2). */
    public String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }
}
