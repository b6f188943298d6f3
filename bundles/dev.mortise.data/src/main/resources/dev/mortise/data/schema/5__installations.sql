-- SPDX-License-Identifier: Apache-2.0
-- Tenants that go, and what was decided about plugins for single tenants.

-- beside the state, so that an older release takes such a tenant for a suspended one
ALTER TABLE mortise.tenant ADD COLUMN deleting boolean NOT NULL DEFAULT false;
ALTER TABLE mortise.tenant ADD CHECK (state = 'suspended' OR NOT deleting);

CREATE TABLE mortise.plugin_instance (
    tenant_id text NOT NULL REFERENCES mortise.tenant (id) ON DELETE CASCADE,
    plugin_id text NOT NULL,
    enabled boolean NOT NULL,
    config jsonb NOT NULL DEFAULT '{}',
    auth_state jsonb,
    auth_validated_at timestamptz,
    runtime_state text NOT NULL DEFAULT 'ready'
        CHECK (runtime_state IN ('stopped', 'starting', 'ready', 'degraded', 'error')),
    reason text NOT NULL DEFAULT '',
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    withheld text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, plugin_id)
);

CREATE INDEX plugin_instance_runtime_state ON mortise.plugin_instance (runtime_state);
CREATE INDEX plugin_instance_tenant_plugin_state ON mortise.plugin_instance (tenant_id, plugin_id, runtime_state);
