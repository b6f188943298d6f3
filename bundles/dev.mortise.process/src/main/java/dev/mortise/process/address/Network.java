// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A block of addresses, as in {@code 10.0.0.0/8} (RFC 4632, section 3.1). */
record Network(String text, InetAddress first, int prefix) {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/[0-9]{1,3}");

    /**
     * Reads blocks between commas.
     *
     * @throws IllegalArgumentException naming what is none
     */
    static List<Network> list(String text) {
        List<Network> networks = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            if (!one.isBlank()) {
                networks.add(of(one.strip()));
            }
        }
        return List.copyOf(networks);
    }

    private static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            if (SHAPE.matcher(text).matches()) {
                InetAddress first = InetAddress.getByName(text.substring(0, slash)); // a number: nothing is looked up
                int prefix = Integer.parseInt(text.substring(slash + 1));
                if (prefix <= first.getAddress().length * 8) {
                    return new Network(text, first, prefix);
                }
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "remote.addresses holds blocks of addresses such as 10.0.0.0/8 between commas, not '" + text + "'.";
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
