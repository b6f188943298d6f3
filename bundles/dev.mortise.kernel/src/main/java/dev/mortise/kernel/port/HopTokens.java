// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.Identity;
import java.time.Duration;
import java.util.Optional;

/**
 * Signs what a call carries to a plugin in another process, so that the plugin can tell the gateway's calls from anybody
 * else's: a JSON Web Token (RFC 7519, HS256). Implemented by security, used by the gateway.
 */
public interface HopTokens {
    /** Makes a key for one instance: base64url without padding, of 32 random bytes. */
    String newKey();

    /** Signs the claims of one hop with the key of the instance that it goes to. Costs a few microseconds. */
    String sign(String key, Claims claims);

    /**
     * Signs what the called plugin sends along when it calls on: on whose behalf it does. The key is one that no instance
     * has and that all nodes share, so that nobody calls on behalf of whom he was not called for. One is given again to the
     * same plugin for the same identity, and outlives a call by a minute at most.
     */
    String pass(Claims claims);

    /** Answers what {@link #pass} signed; empty when it is over, or signed by anybody else. What belongs to one call is not told. */
    Optional<Claims> passed(String pass);

    /**
     * What a hop claims.
     *
     * @param audience the plugin that is called
     * @param identity on whose behalf
     * @param tenant whose data
     * @param caller the calling plugin, when a plugin calls
     * @param hop the hops that lie behind it
     * @param life how long the token is good for, at least a second
     */
    record Claims(
            String audience,
            Identity identity,
            Optional<String> tenant,
            Optional<String> caller,
            String requestId,
            int hop,
            Duration life) {}
}
