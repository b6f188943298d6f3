// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.Map;
import java.util.Set;

/**
 * The type of a column, as the catalog has it.
 *
 * @param oid of the type; those of built-in types never change
 * @param modifier length, precision and the like, -1 for none
 * @param text as it is written in SQL
 */
record ColumnType(long oid, int modifier, String text) {
    private static final int NONE = -1;
    private static final long NUMERIC = 1700;
    private static final int NUMERIC_HEADER = 4;

    /** Types that hold every value of another one, and read the same in code. */
    private static final Map<Long, Set<Long>> WIDER = Map.of(
            21L, Set.of(23L, 20L), // smallint: integer, bigint
            23L, Set.of(20L), // integer: bigint
            700L, Set.of(701L), // real: double precision
            1043L, Set.of(25L)); // varchar: text

    /** Tells whether a column of this type holds every value that one of the other type could have. */
    boolean holds(ColumnType other) {
        if (oid != other.oid) {
            return WIDER.getOrDefault(other.oid, Set.of()).contains(oid);
        }
        if (modifier == NONE || modifier == other.modifier) {
            return true;
        }
        return other.modifier != NONE && (oid == NUMERIC ? holdsNumbers(other) : modifier > other.modifier);
    }

    private boolean holdsNumbers(ColumnType other) {
        return scale() >= other.scale() && precision() - scale() >= other.precision() - other.scale();
    }

    private int precision() {
        return (modifier - NUMERIC_HEADER) >> 16 & 0xFFFF;
    }

    private int scale() {
        return modifier - NUMERIC_HEADER & 0x7FF;
    }

    @Override
    public String toString() {
        return text;
    }
}
