// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteCalls.Judgement;
import dev.mortise.kernel.port.TenantValues;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.mcp.server.Declared.Place;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the way to a server, with the credentials of the tenant where it takes some. */
public final class Roads {
    private static final String ACCESS_TOKEN = "accessToken";

    private final Supplier<Optional<RemoteCalls>> calls;
    private final Supplier<Optional<LinePrograms>> programs;
    private final Supplier<Optional<TenantValues>> values;
    private final Json json;
    private final Duration patience;
    private final AnswerLimit longest;

    /** Calls through what is there when somebody asks. */
    public Roads(
            Supplier<Optional<RemoteCalls>> calls,
            Supplier<Optional<LinePrograms>> programs,
            Supplier<Optional<TenantValues>> values,
            Json json,
            Duration patience,
            AnswerLimit longest) {
        this.calls = calls;
        this.programs = programs;
        this.values = values;
        this.json = json;
        this.patience = patience;
        this.longest = longest;
    }

    McpClientTransport to(TenantId tenant, Source plugin, Declared server) {
        return server.place() instanceof Place.External external
                ? http(tenant, plugin.manifest(), server, external.url())
                : program(tenant, plugin, server, ((Place.Local) server.place()).command());
    }

    private McpClientTransport program(TenantId tenant, Source plugin, Declared server, List<String> command) {
        LinePrograms known = programs.get()
                .orElseThrow(() -> new ServerFault("This edition has no feature 'process', which starts it."));
        return new StdioLines(
                known,
                new LinePrograms.Order(
                        plugin.manifest(),
                        plugin.digest(),
                        command,
                        tenant.value(),
                        server.auth().flatMap(method -> values.get()).map(all -> all.of(tenant, plugin.manifest())),
                        longest.bytes()),
                longest,
                new KernelMapper(json));
    }

    private McpClientTransport http(TenantId tenant, PluginManifest manifest, Declared server, String address) {
        RemoteCalls remote = calls.get()
                .orElseThrow(() -> new ServerFault("This edition has no feature 'process', which calls it."));
        URI url = URI.create(address);
        Judgement judgement = remote.judgeServer(url.getScheme() + "://" + url.getRawAuthority());
        if (judgement instanceof Judgement.Refused refused) {
            throw new ServerFault(refused.reason());
        }
        return new HttpPosts(
                remote,
                ((Judgement.Good) judgement).peer(),
                url,
                () -> server.auth().map(method -> credential(tenant, manifest, method)),
                patience,
                longest,
                new KernelMapper(json));
    }

    /** Asked for each request: tenants change credentials, and access tokens change by themselves. */
    private String credential(TenantId tenant, PluginManifest manifest, String method) {
        Optional<Auth> auth = values.get()
                .flatMap(known -> known.of(tenant, manifest).auth())
                .filter(given -> given.methodId().equals(method));
        return auth.flatMap(given -> manifest.config()
                        .method(method)
                        .map(known -> field(known))
                        .map(name -> given.credentials().get(name)))
                .map(String::valueOf)
                .orElseThrow(() ->
                        new ServerFault("The tenant has not given plugin '%s' the credentials '%s', which it takes."
                                .formatted(manifest.id(), method)));
    }

    private static String field(AuthMethod method) {
        return method instanceof AuthMethod.ApiKey key ? key.configField() : ACCESS_TOKEN;
    }
}
