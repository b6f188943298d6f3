// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One thing that holds wherever a plugin runs, but for places where something else holds, with the reason why. */
final class Row {
    private final String name;
    private final Check check;
    private final Map<Place, Difference> differences;

    private Row(String name, Check check, Map<Place, Difference> differences) {
        this.name = name;
        this.check = check;
        this.differences = differences;
    }

    /** Looks whether it holds. */
    interface Check {
        void run(Subject subject) throws Exception;
    }

    private record Difference(String reason, Check instead) {}

    static Row of(String name, Check check) {
        return new Row(name, check, Map.of());
    }

    /** Says that something else holds at a place, and looks for that: a difference that is gone fails the suite too. */
    Row but(Place place, String reason, Check instead) {
        Map<Place, Difference> more = new EnumMap<>(Place.class);
        more.putAll(differences);
        more.put(place, new Difference(reason, instead));
        return new Row(name, check, more);
    }

    void run(Subject subject) throws Exception {
        Difference difference = differences.get(subject.place());
        (difference == null ? check : difference.instead()).run(subject);
    }

    /** Answers what is looked for at a place. */
    String title(Place place) {
        return name
                + Optional.ofNullable(differences.get(place))
                        .map(difference -> " (otherwise here: " + difference.reason() + ")")
                        .orElse("");
    }
}
