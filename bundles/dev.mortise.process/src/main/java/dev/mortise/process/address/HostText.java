// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.util.regex.Pattern;

/**
 * How a host may be written: a name of letters, digits and hyphens (RFC 1123, section 2.1), four decimal numbers, or IPv6 in
 * brackets. Other spellings of numbers, which resolvers read in different ways, are refused.
 */
final class HostText {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]*:[0-9a-f:.]*\\]");
    private static final int MAX_NAME = 253;

    private HostText() {}

    static void check(String host) throws RefusedUrl {
        if (isIpv6(host)) {
            return;
        }
        if (host.isEmpty()) {
            throw new RefusedUrl("it names no host. Announce it as http://<host>:<port>.");
        }
        String[] labels = host.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            checkIpv4(labels);
            return;
        }
        if (host.length() > MAX_NAME) {
            throw new RefusedUrl("its host is longer than " + MAX_NAME + " characters.");
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new RefusedUrl("its host is no name of letters, digits, hyphens and single dots.");
            }
        }
    }

    static boolean isIpv6(String host) {
        return IPV6.matcher(host).matches();
    }

    private static void checkIpv4(String[] labels) throws RefusedUrl {
        boolean plain = labels.length == 4;
        for (String label : labels) {
            plain &= BYTE.matcher(label).matches();
        }
        if (!plain) {
            throw new RefusedUrl("an IPv4 address is four decimal numbers such as 10.0.0.7.");
        }
    }
}
