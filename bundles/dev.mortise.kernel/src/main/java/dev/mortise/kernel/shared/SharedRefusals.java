// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Space;

/** The sentences of refusals, the same from every store. */
public final class SharedRefusals {
    private static final int SHOWN = 60;

    private SharedRefusals() {}

    /** A plugin writes what belongs to another one. */
    public static Refused foreign(Place key, String owner, String plugin) {
        return new Refused(
                ErrorCode.PERMISSION_DENIED,
                "%s belongs to plugin '%s', which wrote it first; plugin '%s' can't change it. Use a key of its own."
                        .formatted(named(key), owner, plugin));
    }

    /** A plugin reads what its owner keeps from it. */
    public static Refused hidden(Place key, String owner, String plugin) {
        return new Refused(
                ErrorCode.PERMISSION_DENIED,
                "%s is not for plugin '%s': 'sharedData' in plugin.json of '%s', its owner, names who reads it."
                        .formatted(named(key), plugin, owner));
    }

    /** A value has too many bytes. */
    public static Refused tooLarge(Place key, int bytes, int most) {
        return new Refused(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The value of %s has %d bytes of JSON; at most %d are taken. Keep large things in a table of the plugin."
                        .formatted(inSentence(key), bytes, most));
    }

    /** A plugin has all the keys that it may have. */
    public static Refused keys(Space space, String plugin, long most) {
        return full(space, plugin, most + " keys", "'shared.keys.max' in etc/data.properties");
    }

    /** A plugin has all the bytes that it may have. */
    public static Refused bytes(Space space, String plugin, long most) {
        return full(space, plugin, (most >> 20) + " MB", "'shared.max.mb' in etc/data.properties");
    }

    /** What is to be added to is no number that can be added to. */
    public static Refused noNumber(Place key) {
        return new Refused(
                ErrorCode.CONFLICT,
                named(key) + " holds no whole number of 64 bits, or would not after this, so nothing is added."
                        + " Write a number first.");
    }

    /** A time to live is none. */
    public static Refused noTime(Object ttl) {
        return new Refused(
                ErrorCode.VALIDATION_FAILED,
                "A time to live is more than nothing and at most 100 years, not " + ttl
                        + ". Leave it out for a value that stays.");
    }

    /** There are too many watches. */
    public static Refused watches(Space space, String watcher, int most) {
        return new Refused(
                ErrorCode.RATE_LIMITED,
                "%s has %d watches of shared data for tenant '%s', which is all that it may have. Close some, or raise 'shared.watches.max' in etc/data.properties."
                        .formatted(watcher, most, space.tenant()));
    }

    // 409: the request is right, and is so again when the plugin has deleted something; 413 is for a value alone.
    private static Refused full(Space space, String plugin, String most, String setting) {
        return new Refused(
                ErrorCode.CONFLICT,
                "Plugin '%s' has all the shared data that it may have for tenant '%s': %s. Delete some, or raise %s."
                        .formatted(plugin, space.tenant(), most, setting));
    }

    private static String named(Place key) {
        String text = inSentence(key);
        return "K" + text.substring(1);
    }

    private static String inSentence(Place key) {
        return "key '" + shortened(key.name()) + "' of namespace '"
                + shortened(key.space().namespace()) + "'";
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
