// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which addresses calls may go to: those of the blocks that the operator allows, and some never. IPv4 inside IPv6 is judged
 * as IPv4 too.
 */
final class AddressRules {
    /** Amazon's metadata over IPv6 lies in a block that is else private. */
    private static final List<Network> METADATA = Network.list("fd00:ec2::254/128,100.100.100.200/32");
    /** "This network" (RFC 1122), addresses for later use and broadcast (RFC 1112, RFC 919). */
    private static final List<Network> UNUSABLE = Network.list("0.0.0.0/8,240.0.0.0/4");

    private static final List<Network> IPV4_AT_END = Network.list("::/96,::ffff:0:0:0/96,64:ff9b::/96,64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.list("2002::/16").get(0);

    private final List<Network> allowed;

    AddressRules(List<Network> allowed) {
        this.allowed = allowed;
    }

    /** Answers why calls may not go to an address, to go on after the address and "is "; nothing when they may. */
    Optional<String> refusal(InetAddress address) {
        Optional<String> never = never(address).or(() -> inside(address).flatMap(AddressRules::never));
        if (never.isPresent()) {
            return never.map(what -> what + ", where no call goes.");
        }
        boolean good =
                isAllowed(address) && inside(address).map(this::isAllowed).orElse(true);
        return good
                ? Optional.empty()
                : Optional.of(
                        "none of those that remote.addresses in etc/process.properties allows: " + allowed() + ".");
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    private String allowed() {
        return allowed.isEmpty() ? "none" : allowed.stream().map(Network::text).collect(Collectors.joining(", "));
    }

    private static Optional<String> never(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Optional.of("no address of a host");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("a multicast address");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("a link-local address");
        }
        if (METADATA.stream().anyMatch(network -> network.contains(address))) {
            return Optional.of("the metadata service of a cloud");
        }
        return UNUSABLE.stream().anyMatch(network -> network.contains(address))
                ? Optional.of("no address of a host")
                : Optional.empty();
    }

    /** Answers the IPv4 address that an IPv6 address of a transition mechanism stands for (RFC 4291, 6052, 3056). */
    private static Optional<InetAddress> inside(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        if (IPV4_AT_END.stream().anyMatch(network -> network.contains(address))) {
            return Optional.of(ipv4(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(ipv4(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an IPv4 address.", e);
        }
    }
}
