-- SPDX-License-Identifier: Apache-2.0
-- Tokens of authorization servers, which change by themselves and so lie apart from what people give; and what plugins say
-- of themselves, as it was last read.

CREATE TABLE mortise.oauth_grant (
    tenant_id text NOT NULL,
    plugin_id text NOT NULL,
    method_id text NOT NULL,
    access text NOT NULL,
    refresh text,
    scopes text[] NOT NULL,
    refresh_at timestamptz,
    expires_at timestamptz,
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    trouble text,
    trouble_at timestamptz,
    retry_at timestamptz,
    -- who renews the tokens now, and until when nobody else may
    claim text,
    claimed_until timestamptz,
    PRIMARY KEY (tenant_id, plugin_id),
    FOREIGN KEY (tenant_id, plugin_id) REFERENCES mortise.plugin_instance ON DELETE CASCADE,
    CHECK (num_nulls(trouble, trouble_at) IN (0, 2)),
    CHECK (num_nulls(claim, claimed_until) IN (0, 2))
);

-- a state is found by its hash, so that whoever reads the table can't end a request that is under way
CREATE TABLE mortise.oauth_request (
    state_hash text PRIMARY KEY,
    tenant_id text NOT NULL REFERENCES mortise.tenant (id) ON DELETE CASCADE,
    plugin_id text NOT NULL,
    method_id text NOT NULL,
    caller text NOT NULL,
    redirect_uri text NOT NULL,
    verifier text NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX oauth_request_tenant_plugin ON mortise.oauth_request (tenant_id, plugin_id);
CREATE INDEX oauth_request_expires_at ON mortise.oauth_request (expires_at);

CREATE TABLE mortise.plugin_registry (
    plugin_id text PRIMARY KEY,
    version text NOT NULL,
    checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
    metadata jsonb,
    metadata_fetched_at timestamptz,
    metadata_state text NOT NULL DEFAULT 'missing'
        CHECK (metadata_state IN ('missing', 'fresh', 'stale', 'error')),
    metadata_error text,
    CHECK (num_nulls(metadata, metadata_fetched_at) IN (0, 2))
);

CREATE INDEX plugin_registry_metadata_state ON mortise.plugin_registry (metadata_state);
CREATE INDEX plugin_registry_checksum ON mortise.plugin_registry (checksum);
