// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Judges where calls may go. A name is looked up once: all its addresses must be allowed, and the first of them is kept, so
 * that whoever answers for the name can't show one address to the judge and another to the connection.
 */
public final class AddressJudge {
    private static final int SHOWN = 200;

    private final AddressRules rules;
    private final OwnListener own;
    private final Names names;

    /**
     * Judges by what the operator allows.
     *
     * @param allowed blocks of addresses between commas
     * @throws IllegalArgumentException naming what is no block of addresses
     */
    public AddressJudge(String allowed, OwnListener own, Names names) {
        this.rules = new AddressRules(Network.list(allowed));
        this.own = own;
        this.names = names;
    }

    /** Judges a URL as it was announced. May block for seconds. */
    public Verdict judge(String announced) {
        try {
            BaseUrl url = BaseUrl.parse(announced);
            List<InetAddress> addresses = addresses(url.host());
            for (InetAddress address : addresses) {
                refuse(url, address);
            }
            return new Verdict.Good(new Place(url, addresses.get(0)));
        } catch (RefusedUrl refused) {
            return new Verdict.Refused("Address '" + shown(announced) + "' is refused: " + refused.getMessage());
        }
    }

    private List<InetAddress> addresses(String host) throws RefusedUrl {
        try {
            if (HostText.isIpv6(host)) {
                return List.of(InetAddress.getByName(host));
            }
            List<InetAddress> found = names.addresses(host);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (UnknownHostException e) {
            // As if there were none.
        }
        throw new RefusedUrl("nobody knows an address of host '" + host + "'.");
    }

    private void refuse(BaseUrl url, InetAddress address) throws RefusedUrl {
        Optional<String> reason = rules.refusal(address);
        if (reason.isPresent()) {
            throw new RefusedUrl(address.getHostAddress() + " is " + reason.get());
        }
        if (own.isAt(address, url.port())) {
            throw new RefusedUrl(address.getHostAddress() + " port " + url.port() + " is this container itself.");
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
    }
}
