// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.HeldAnswers;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One service as one plugin sees it. */
final class ClientHandle implements ServiceHandle {
    private final PluginClient client;
    private final String service;
    private final Optional<Needs.Need> need;
    private final PluginClient.Carriers carriers;
    private final String asker;

    ClientHandle(PluginClient client, String service, Optional<Needs.Need> need, PluginClient.Carriers carriers) {
        this.client = client;
        this.service = service;
        this.need = need;
        this.carriers = carriers;
        this.asker = "ServiceClient of plugin '%s', for service '%s',".formatted(client.id(), service);
    }

    @Override
    public boolean available() {
        return need.isPresent()
                && client.instances(need.get()).another(tenant(), Tries.NONE)
                && BoundContext.find().flatMap(CallContext::tenant).stream()
                        .allMatch(tenant -> carriers.installed().plugin(tenant, need.get()) == null);
    }

    @Override
    public ServiceResponse send(ServiceRequest request) {
        return send(request, BoundContext.require(asker), client.owner());
    }

    @Override
    public CompletionStage<ServiceResponse> sendAsync(ServiceRequest request) {
        CallContext context = BoundContext.require(asker);
        Owner owner = client.owner();
        return carriers.background()
                .run(
                        owner,
                        context,
                        () -> send(request, context, owner),
                        refusal -> exception(refusal, context, request));
    }

    private ServiceResponse send(ServiceRequest request, CallContext context, Owner owner) {
        TenantId tenant = context.tenant().orElseThrow(this::noTenant);
        if (need.isEmpty()) {
            throw exception(ServiceResolver.undeclared(client.id(), service), context, request);
        }
        Refusal absent = carriers.installed().plugin(tenant, need.get());
        Outcome.Last last = absent == null ? outcome(request, context, owner, tenant.value()) : absent;
        if (last instanceof Outcome.Answered answered) {
            return new ClientResponse(service, held(answered.response()), client::json);
        }
        throw exception((Refusal) last, context, request);
    }

    /** What the caller leaves unread is given back when its handler ends. */
    private static Response held(Response response) {
        Body body = HeldAnswers.hold(response.body());
        return body == response.body() ? response : new Response(response.status(), response.headers(), body);
    }

    private Outcome.Last outcome(ServiceRequest request, CallContext context, Owner owner, String tenant) {
        long begun = System.nanoTime();
        Tries tries = Tries.NONE;
        while (true) {
            // Once, but for a call that comes to the provider in the moment of its switch, or that misses an instance.
            Resolution resolution = client.resolve(need.orElseThrow(), tenant, tries);
            if (!(resolution instanceof ServiceMount mount)) {
                return (Refusal) resolution;
            }
            Outcome outcome = carriers.calls().call(owner, context, mount, request, tries);
            if (outcome instanceof Outcome.Last last) {
                return last;
            }
            if (outcome instanceof Missed missed) {
                tries = tries.since(begun).with(missed.route().owner());
                if (!Retries.may(missed, request.body(), client.instances(need.orElseThrow()), tenant, tries)) {
                    return missed.instead();
                }
            }
        }
    }

    /** Answers whose call runs on this thread; outside of one nobody's, to whom what is bound to a tenant is not there. */
    private static String tenant() {
        return BoundContext.find()
                .flatMap(CallContext::tenant)
                .map(TenantId::value)
                .orElse("");
    }

    private @Nullable PluginMount provider() {
        return need.map(known -> carriers.routing()
                        .snapshot()
                        .plugin(known.dependency().plugin().value()))
                .orElse(null);
    }

    private MortiseException noTenant() {
        return new MortiseException(
                ErrorCode.NO_CONTEXT,
                asker + " was used in a call without tenant. Authenticators, initialize and public endpoints have none;"
                        + " Tenants.run(tenant, task) makes a call for one.");
    }

    private ServiceException exception(Refusal refusal, CallContext context, ServiceRequest request) {
        carriers.recorder()
                .refused(
                        new Recorder.PluginCall(client.id(), context, service, request.method(), request.target()),
                        provider(),
                        refusal);
        return ServiceException.refused(
                service,
                new MortiseException(refusal.code(), refusal.detail(), refusal.members()),
                RetryAfter.of(refusal.headers()));
    }
}
