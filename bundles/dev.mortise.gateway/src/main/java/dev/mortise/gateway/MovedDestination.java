// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;

/** A path of the systems before Mortise, whose callers are told where it is now. */
record MovedDestination(String path) implements Destination {
    private static final String BEFORE = "/api/";

    /** Tells whether the path is one of the older ones. */
    static boolean covers(String path) {
        return below(path, "/api/services") || below(path, "/api/shared-data");
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public boolean betweenPlugins() {
        return false;
    }

    @Override
    public boolean ofTenant() {
        return false;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public Choice choose(String method, Admission.Caller caller, Tries tries) {
        return Refusal.of(
                ErrorCode.ROUTE_NOT_FOUND,
                "'%s' has moved to '/api/v1/%s'.".formatted(path, path.substring(BEFORE.length())));
    }

    private static boolean below(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
