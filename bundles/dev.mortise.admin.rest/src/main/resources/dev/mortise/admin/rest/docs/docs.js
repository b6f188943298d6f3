"use strict";

// The token stays in the memory of this page: it goes with each request to this server, and nowhere else.
const entry = document.getElementById("entry");
const answer = document.getElementById("answer");
const description = new URL("openapi.json", document.baseURI);

entry.addEventListener("submit", (event) => {
  event.preventDefault();
  const token = document.getElementById("token").value.trim();
  const tenant = document.getElementById("tenant").value.trim();
  answer.textContent = "";
  load(token, tenant).catch((fault) => {
    answer.textContent = fault.message;
  });
});

async function load(token, tenant) {
  const response = await fetch(description, { headers: { Authorization: "Bearer " + token }, credentials: "omit" });
  const content = await response.json();
  if (!response.ok) {
    throw new Error(content.detail || "The server answered " + response.status + ".");
  }
  SwaggerUIBundle({
    spec: content,
    dom_id: "#api",
    deepLinking: true,
    showExtensions: true,
    queryConfigEnabled: false,
    validatorUrl: null,
    requestInterceptor: (request) => identified(request, token, tenant),
  });
}

function identified(request, token, tenant) {
  if (new URL(request.url, document.baseURI).origin !== description.origin) {
    return request;
  }
  request.headers.Authorization = request.headers.Authorization || "Bearer " + token;
  if (tenant && !request.headers["X-Tenant-Id"]) {
    request.headers["X-Tenant-Id"] = tenant;
  }
  return request;
}
