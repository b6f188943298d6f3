// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.rules.route.RouteTable.Built;
import dev.mortise.rules.route.RouteTable.Entry;
import dev.mortise.rules.route.RouteTable.Found;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable<String> table = table(
            "GET /",
            "GET /products",
            "POST /products",
            "GET /products/{id}",
            "PUT /products/{id}",
            "GET /products/new",
            "GET /products/{id}/parts/{part}",
            "GET /products/new/parts/all",
            "HEAD /products/{id}/image",
            "GET /products/{id}/image",
            "DELETE /{any}/{thing}",
            "GET /a/b/c",
            "GET /a/{x}/d");

    @ParameterizedTest
    @CsvSource({
        "GET,/,GET /,{}",
        "GET,/products,GET /products,{}",
        "POST,/products,POST /products,{}",
        "GET,/products/7,GET /products/{id},{id=7}",
        "GET,/products/new,GET /products/new,{}",
        "GET,/products/newer,GET /products/{id},{id=newer}",
        "GET,/products/ne,GET /products/{id},{id=ne}",
        "PUT,/products/new,PUT /products/{id},{id=new}",
        "GET,/products/7/image,GET /products/{id}/image,{id=7}",
        "HEAD,/products/7/image,HEAD /products/{id}/image,{id=7}",
        "HEAD,/products,GET /products,{}",
        "GET,/products/new/parts/all,GET /products/new/parts/all,{}",
        "GET,/a/b/d,GET /a/{x}/d,{x=b}",
        "DELETE,/products/new,DELETE /{any}/{thing},'{any=products, thing=new}'",
        "GET,/products/ä b,GET /products/{id},{id=ä b}",
    })
    void findsTheRouteAndItsParameters(String method, String path, String route, String parameters) {
        Found.Match<String> match = (Found.Match<String>) table.find(method, path);

        assertThat(match.value()).isEqualTo(route);
        assertThat(new TreeMap<>(match.parameters())).hasToString(parameters);
    }

    @Test
    void goesBackFromALiteralThatLeadsNowhere() {
        assertThat(table.find("GET", "/products/new/parts/7"))
                .isEqualTo(new Found.Match<>("GET /products/{id}/parts/{part}", Map.of("id", "new", "part", "7")));
    }

    @Test
    void namesEveryMethodThatThePathKnows() {
        assertThat(table.find("PATCH", "/products/new"))
                .isEqualTo(new Found.MethodNotAllowed<>(Set.of("DELETE", "GET", "HEAD", "PUT")));
        assertThat(table.find("GET", "/x/y")).isEqualTo(new Found.MethodNotAllowed<>(Set.of("DELETE")));
        assertThat(((Found.MethodNotAllowed<String>) table.find("TRACE", "/products")).allowed())
                .containsExactly("GET", "HEAD", "POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/products/7/parts", "/products/7/parts/8/9", "/Products", "/a/b/c/d", "/product"})
    void knowsNothingElse(String path) {
        assertThat(table.find("GET", path)).isEqualTo(new Found.NoMatch<>());
    }

    @Test
    void looksUpWhatFollowsAMount() {
        String mount = "/api/v1/p/inventory";

        assertThat(table.find("GET", mount + "/products/7", mount.length()))
                .isEqualTo(new Found.Match<>("GET /products/{id}", Map.of("id", "7")));
        assertThat(table.find("GET", mount, mount.length())).isEqualTo(new Found.Match<>("GET /", Map.of()));
    }

    @Test
    void givesEachRouteItsOwnNamesForTheSameSegment() {
        RouteTable<String> named = table("GET /{a}/x", "POST /{b}/x", "GET /{c}/{d}/{e}/{f}");

        assertThat(named.find("POST", "/1/x")).isEqualTo(new Found.Match<>("POST /{b}/x", Map.of("b", "1")));
        assertThat(named.find("GET", "/1/2/3/4"))
                .isEqualTo(new Found.Match<>("GET /{c}/{d}/{e}/{f}", Map.of("c", "1", "d", "2", "e", "3", "f", "4")));
    }

    @Test
    void refusesAllConflictsAtOnce() {
        Built<String> built = RouteTable.build(
                entries("GET /a/{x}", "GET /a/:y", "POST /a/{x}", "GET /b", "GET /b", "GET /b", "HEAD /b"));

        assertThat(((Built.Conflicts<String>) built).conflicts())
                .extracting(RouteTable.Conflict::toString)
                .hasSize(3)
                .first()
                .asString()
                .contains("first=Entry[method=GET, path=/a/{x}", "second=Entry[method=GET, path=/a/{y}");
    }

    @Test
    void anEmptyTableKnowsNothing() {
        assertThat(RouteTable.<String>empty().find("GET", "/")).isEqualTo(new Found.NoMatch<>());
    }

    @Property(tries = 2000)
    void agreesWithTryingEveryTemplate(@ForAll("routes") Set<String> routes, @ForAll("path") String path) {
        List<Entry<String>> entries = entries(routes.toArray(String[]::new));
        Map<String, Entry<String>> distinct = new HashMap<>();
        entries.forEach(
                entry -> distinct.putIfAbsent(entry.method() + entry.path().shape(), entry));
        RouteTable<String> built = built(List.copyOf(distinct.values()));

        Optional<Entry<String>> best = distinct.values().stream()
                .filter(entry -> entry.method().equals("GET") && matches(entry.path(), path))
                .min(Comparator.comparing(entry -> literalsFirst(entry.path())));

        Found<String> found = built.find("GET", path);
        if (best.isPresent()) {
            assertThat(((Found.Match<String>) found).value())
                    .isEqualTo(best.get().value());
        } else {
            boolean known = distinct.values().stream().anyMatch(entry -> matches(entry.path(), path));
            assertThat(found).isInstanceOf(known ? Found.MethodNotAllowed.class : Found.NoMatch.class);
        }
    }

    @Provide
    Arbitrary<Set<String>> routes() {
        Arbitrary<String> template = Arbitraries.of("a", "b", "ab", "{x}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < segments.size(); i++) {
                        text.append('/').append(segments.get(i).replace("x", "x" + i));
                    }
                    return text.toString();
                });
        return Arbitraries.of("GET ", "POST ")
                .flatMap(method -> template.map(path -> method + path))
                .set()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> path() {
        return Arbitraries.of("a", "b", "ab", "c")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> "/" + String.join("/", list));
    }

    private static boolean matches(PathTemplate template, String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts.length != template.segments().size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            PathTemplate.Segment segment = template.segments().get(i);
            if (!segment.parameter() && !segment.text().equals(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private static String literalsFirst(PathTemplate template) {
        StringBuilder order = new StringBuilder();
        template.segments().forEach(segment -> order.append(segment.parameter() ? '1' : '0'));
        return order.toString();
    }

    private static RouteTable<String> table(String... routes) {
        return built(entries(routes));
    }

    private static RouteTable<String> built(List<Entry<String>> entries) {
        return ((Built.Table<String>) RouteTable.build(entries)).table();
    }

    private static List<Entry<String>> entries(String... routes) {
        return Arrays.stream(routes)
                .map(route -> route.split(" ", 2))
                .map(parts -> new Entry<>(parts[0], PathTemplate.parse(parts[1]), parts[0] + " " + parts[1]))
                .toList();
    }
}
