// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.List;

/**
 * Lists of entity tags as they come in conditions (RFC 9110, section 8.8.3): a tag is between quotes and may hold commas,
 * and members may be empty (section 5.6.1.2). Behind what is no tag nothing is read.
 */
final class EntityTags {
    private static final String WEAK = "W/";

    private EntityTags() {}

    /** Tells whether the tag is listed, or anything is wanted; whether one of the two is weak does not count. */
    static boolean haveWeakly(List<String> sent, String tag) {
        String opaque = tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
        return have(sent, opaque, true);
    }

    /** Tells whether the tag is listed, or anything is wanted; a weak tag is like no other one. */
    static boolean haveStrongly(List<String> sent, String tag) {
        return have(sent, tag.startsWith(WEAK) ? "" : tag, false);
    }

    private static boolean have(List<String> sent, String opaque, boolean weakToo) {
        return sent.stream()
                .anyMatch(one -> one.strip().equals("*") || (!opaque.isEmpty() && lists(one, opaque, weakToo)));
    }

    private static boolean lists(String sent, String opaque, boolean weakToo) {
        int at = afterSeparator(sent, 0);
        while (at < sent.length()) {
            boolean weak = sent.startsWith(WEAK, at);
            int start = weak ? at + WEAK.length() : at;
            int end = start < sent.length() && sent.charAt(start) == '"' ? sent.indexOf('"', start + 1) : -1;
            if (end < 0) {
                return false;
            }
            if ((weakToo || !weak) && sent.substring(start, end + 1).equals(opaque)) {
                return true;
            }
            at = afterSeparator(sent, end + 1);
        }
        return false;
    }

    private static int afterSeparator(String sent, int from) {
        int at = from;
        while (at < sent.length() && ", \t".indexOf(sent.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
