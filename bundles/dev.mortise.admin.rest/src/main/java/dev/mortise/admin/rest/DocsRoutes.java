// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The page that shows the API. Anybody gets its files; what they show needs a token, which the page asks for. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.open:Boolean=true"})
public final class DocsRoutes implements RouteProvider {
    private static final String ASK_AGAIN = "no-cache";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final DocsFiles files = new DocsFiles();

    /** Made by DS. */
    @Activate
    public DocsRoutes() {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/docs", this::page), Route.get("/docs/{file}", this::file));
    }

    private Response page(Request request) throws IOException {
        return guarded(files.page().answer(ASK_AGAIN));
    }

    private Response file(Request request) throws IOException {
        String name = request.pathParameter("file");
        Content file = files.find(name)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NOT_FOUND, "There is no file '" + name + "'. The page is /docs."));
        boolean printed = request.query("v").filter(file.print()::equals).isPresent();
        return guarded(file.answer(printed ? FOR_EVER : ASK_AGAIN));
    }

    private static Response guarded(Response response) {
        return response.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }
}
