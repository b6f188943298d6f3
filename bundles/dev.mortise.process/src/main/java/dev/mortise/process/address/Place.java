// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.net.InetAddress;

/**
 * Where an instance is: the URL that it announced, and the one address that its name stood for when it was judged.
 */
public record Place(BaseUrl url, InetAddress address) {}
