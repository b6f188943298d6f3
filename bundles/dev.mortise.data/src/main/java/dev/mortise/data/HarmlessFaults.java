// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Keeps pools from closing a connection at a fault that has the state of graver ones: only what was prepared is useless. */
final class HarmlessFaults implements SQLExceptionOverride {
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException fault) {
        return DatabaseFault.outdated(fault)
                ? SQLExceptionOverride.Override.DO_NOT_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
