-- SPDX-License-Identifier: Apache-2.0
-- Processes of plugins. A row goes when its process ends; those of a container that was killed go at its next start, which finds
-- what is left of such processes by the nonce.

CREATE TABLE mortise.plugin_runners (
    nonce text PRIMARY KEY,
    tenant_id text,
    plugin_id text NOT NULL,
    instance int NOT NULL CHECK (instance >= 0),
    node text NOT NULL,
    port int NOT NULL CHECK (port BETWEEN 1 AND 65535),
    pid bigint NOT NULL DEFAULT 0,
    runtime_state text NOT NULL CHECK (runtime_state IN ('stopped', 'starting', 'ready', 'degraded', 'error')),
    restarts int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (node, port)
);

CREATE INDEX plugin_runners_tenant_plugin_state ON mortise.plugin_runners (tenant_id, plugin_id, runtime_state);
