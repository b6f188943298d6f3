// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClauseTest {
    @Test
    void readsPathsAttributesAndDirectives() {
        List<Clause> clauses =
                Clause.parse("a.b;c.d;version=\"[1.0,2)\";resolution:=optional, e ;list:List<String>=\"x,y\"");

        assertThat(clauses)
                .containsExactly(
                        new Clause(
                                List.of("a.b", "c.d"), Map.of("version", "[1.0,2)"), Map.of("resolution", "optional")),
                        new Clause(List.of("e"), Map.of("list", "x,y"), Map.of()));
    }

    @Test
    void keepsSeparatorsWithinQuotes() {
        List<Clause> clauses = Clause.parse("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\",n;a=\"1;2,3\"");

        assertThat(clauses).hasSize(2);
        assertThat(clauses.get(0).directives()).containsEntry("filter", "(&(osgi.ee=JavaSE)(version=17))");
        assertThat(clauses.get(1).attributes()).containsEntry("a", "1;2,3");
    }
}
