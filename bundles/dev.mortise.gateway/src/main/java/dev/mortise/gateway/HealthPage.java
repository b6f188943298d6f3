// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.model.PluginId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how the container stands: one word to everybody, the report to whoever brings a good credential, and
 * the sentences of checks to administrators.
 */
final class HealthPage {
    static final List<String> PATHS = List.of("/health", "/health/ready", "/health/live");

    private static final Logger LOG = LoggerFactory.getLogger(HealthPage.class);
    private static final String READY = "/health/ready";
    private static final String LIVE = "/health/live";
    private static final String ADMIN = "mortise.admin";
    private static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final Health.Report STARTING =
            new Health.Report("STARTING", "", "", List.of(), List.of(), List.of());

    private final Neighbours neighbours;
    private final Doorkeeper doorkeeper;
    private final Installed installed;
    private final Map<String, RouteMeter> meters;

    HealthPage(Neighbours neighbours, Doorkeeper doorkeeper, Installed installed) {
        this.neighbours = neighbours;
        this.doorkeeper = doorkeeper;
        this.installed = installed;
        OwnerMeters core = new OwnerMeters(neighbours, Owner.CORE, Map.of());
        this.meters = PATHS.stream()
                .collect(Collectors.toMap(Function.identity(), path -> RouteMeter.ofClients(core, "GET", path)));
    }

    static boolean covers(String path) {
        return path.startsWith("/health") && PATHS.contains(path);
    }

    /** Answers a request to one of the pages; it needs neither plugins nor a database. */
    void answer(Passage passage, AuthRequest request, boolean open) {
        passage.leadsTo(meters.get(request.path()));
        switch (request.method()) {
            case "GET", "HEAD" -> passage.answer(page(request, open));
            case "OPTIONS" -> passage.answer(Response.status(204).with("Allow", ALLOWED));
            default ->
                passage.refuse(
                        Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "'%s' takes %s.".formatted(request.path(), ALLOWED))
                                .with("Allow", ALLOWED));
        }
    }

    private Response page(AuthRequest request, boolean open) {
        Health health = neighbours.health();
        Optional<Identity> caller = health == null ? Optional.empty() : known(request);
        if (request.path().equals(LIVE) && caller.isEmpty()) {
            // the process answers, and nobody else is asked: a database that hangs is no reason to kill it
            return page(true, Map.of("status", "UP"));
        }
        Health.Report report = health == null ? STARTING : health.report();
        boolean good =
                switch (request.path()) {
                    case READY -> open && health != null && health.ready();
                    case LIVE -> true;
                    default -> !report.status().equals("DOWN");
                };
        return page(
                good, caller.isPresent() ? full(report, caller.get()) : Map.of("status", word(request, good, report)));
    }

    /** Being ready and being well are two questions: who asks the first one is not told the answer to the other. */
    private static String word(AuthRequest request, boolean good, Health.Report report) {
        boolean ready = request.path().equals(READY);
        if (ready && good) {
            return "UP";
        }
        return ready && report.status().equals("UP") ? "STARTING" : report.status();
    }

    private static Response page(boolean good, Map<String, Object> content) {
        return Response.of(good ? 200 : 503, "application/json", Body.of(JsonText.of(content)))
                .with("Cache-Control", "no-store");
    }

    // Health is asked for most when things are broken: a credential that can't be judged now only shortens the page.
    private Optional<Identity> known(AuthRequest request) {
        try {
            return doorkeeper.known(request);
        } catch (MortiseException e) {
            LOG.debug("The credential of a health request can't be judged now", e);
            return Optional.empty();
        }
    }

    private Map<String, Object> full(Health.Report report, Identity caller) {
        boolean operates = caller.has(ADMIN);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("status", report.status());
        page.put("version", report.version());
        page.put("edition", report.edition());
        page.put("features", report.features());
        page.put("plugins", plugins(report, caller.tenant()));
        page.put(
                "checks",
                report.checks().stream().map(line -> check(line, operates)).toList());
        return page;
    }

    /** Whoever is of one tenant sees what that tenant has. */
    private List<Map<String, String>> plugins(Health.Report report, Optional<TenantId> tenant) {
        return report.plugins().stream()
                .filter(plugin -> tenant.isEmpty() || installed.has(tenant.get(), new PluginId(plugin.id())))
                .map(HealthPage::plugin)
                .toList();
    }

    private static Map<String, String> plugin(Health.PluginLine plugin) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("id", plugin.id());
        line.put("version", plugin.version());
        line.put("state", plugin.state());
        return line;
    }

    /** What a check says names addresses, and faults in the words of servers: that is for operators alone. */
    private static Map<String, String> check(Health.CheckLine check, boolean operates) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("name", check.name());
        line.put("status", check.status());
        line.put("message", operates ? check.message() : "");
        return line;
    }
}
