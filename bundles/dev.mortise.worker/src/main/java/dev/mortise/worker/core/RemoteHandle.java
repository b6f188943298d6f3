// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.HeldAnswers;
import dev.mortise.rules.route.PercentEncoder;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One service as the plugin sees it from here. */
record RemoteHandle(String plugin, String service, String range, CoreClient core, Json json, Executor background)
        implements ServiceHandle {
    private static final String REFUSALS = "application/problem+json";
    /** What only the gateway says, of who calls and where it leads; all other problems are the provider's answer. */
    private static final Set<ErrorCode> OF_THE_GATEWAY = Set.of(
            ErrorCode.TENANT_REQUIRED,
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.CREDENTIALS_INVALID,
            ErrorCode.CREDENTIALS_EXPIRED,
            ErrorCode.PERMISSION_DENIED,
            ErrorCode.DEPENDENCY_NOT_DECLARED,
            ErrorCode.TENANT_MISMATCH,
            ErrorCode.TENANT_SUSPENDED,
            ErrorCode.SERVICE_NOT_FOUND,
            ErrorCode.ENDPOINT_NOT_FOUND,
            ErrorCode.RATE_LIMITED,
            ErrorCode.SERVICE_UNAVAILABLE,
            ErrorCode.PLUGIN_NOT_READY,
            ErrorCode.STARTING,
            ErrorCode.DEADLINE_EXCEEDED,
            ErrorCode.LOOP_DETECTED);

    @Override
    public boolean available() {
        Optional<CallContext> context =
                BoundContext.find().filter(known -> known.tenant().isPresent());
        String target = "/api/v1/services/discover?serviceName=%s&version=%s"
                .formatted(PercentEncoder.text(service), PercentEncoder.text(range));
        try {
            return context.isPresent()
                    && answer(ServiceRequest.of("GET", "/"), context.get(), target)
                                    .status()
                            == 200;
        } catch (ServiceException nobodyThere) {
            return false;
        }
    }

    @Override
    public ServiceResponse send(ServiceRequest request) {
        CallContext context = BoundContext.require(asker());
        Response response = answer(request, context, "/api/v1/s/" + service + request.target());
        refusal(response).ifPresent(problem -> {
            throw ServiceException.refused(service, problem, ProblemText.retryAfter(response));
        });
        Body body = HeldAnswers.hold(response.body());
        return new RemoteAnswer(service, new Response(response.status(), response.headers(), body), json);
    }

    @Override
    public CompletionStage<ServiceResponse> sendAsync(ServiceRequest request) {
        CallContext context = BoundContext.require(asker());
        HeldAnswers caller = HeldAnswers.here();
        CompletableFuture<ServiceResponse> answer = new CompletableFuture<>();
        Callable<ServiceResponse> call = context.wrap(() -> {
            ServiceResponse response = send(request);
            HeldAnswers.leaveTo(caller);
            return response;
        });
        background.execute(() -> settle(answer, call));
        return answer;
    }

    private static void settle(CompletableFuture<ServiceResponse> answer, Callable<ServiceResponse> call) {
        try {
            answer.complete(call.call());
        } catch (Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }

    private Response answer(ServiceRequest request, CallContext context, String target) {
        TenantId tenant = context.tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NO_CONTEXT,
                        asker() + " was used in a call without tenant. Authenticators, initialize and public endpoints"
                                + " have none; Tenants.run(tenant, task) makes a call for one."));
        Headers fields = CallFields.of(request.headers(), context, tenant);
        try {
            return core.send(
                    new CoreClient.Outgoing(request.method(), target, fields, request.body(), context.remaining()));
        } catch (HttpTimeoutException e) {
            throw unanswered(ErrorCode.DEADLINE_EXCEEDED, "did not answer within the time that the call had left.", e);
        } catch (IOException e) {
            throw unanswered(ErrorCode.SERVICE_UNAVAILABLE, "can't be reached: the core does not answer.", e);
        }
    }

    private ServiceException unanswered(ErrorCode code, String what, IOException cause) {
        MortiseException problem = new MortiseException(code, "Service '" + service + "' " + what, cause);
        ServiceException exception = ServiceException.refused(service, problem, Optional.empty());
        exception.addSuppressed(cause);
        return exception;
    }

    private Optional<MortiseException> refusal(Response response) {
        boolean problem = response.headers()
                .first("Content-Type")
                .filter(type -> type.startsWith(REFUSALS))
                .isPresent();
        return problem
                ? Optional.of(ProblemText.of(response, json, "It was refused."))
                        .filter(refused -> OF_THE_GATEWAY.contains(refused.code()))
                : Optional.empty();
    }

    private String asker() {
        return "ServiceClient of plugin '%s', for service '%s',".formatted(plugin, service);
    }
}
