-- SPDX-License-Identifier: Apache-2.0
-- What every Mortise needs to know of itself. The schema belongs to the core user; nobody else sees anything in it
-- that is not granted below or by a later version.

CREATE TABLE mortise.meta (
    key text PRIMARY KEY,
    value text NOT NULL
);

-- the id stands in the names of roles, which all databases of a cluster share
INSERT INTO mortise.meta (key, value)
VALUES ('database_id', left(replace(gen_random_uuid()::text, '-', ''), 8));

CREATE TABLE mortise.tenant (
    id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

INSERT INTO mortise.tenant (id, slug, name) VALUES ('default', 'default', 'Default');

CREATE TABLE mortise.token (
    id text PRIMARY KEY,
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    kind text NOT NULL CHECK (kind IN ('admin', 'plugin', 'remote')),
    plugin_id text,
    tenant_id text REFERENCES mortise.tenant (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz
);

CREATE INDEX token_tenant_id ON mortise.token (tenant_id);

CREATE TABLE mortise.node (
    id text PRIMARY KEY,
    mortise_version text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);

CREATE TABLE mortise._plugin_migrations (
    plugin_id text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    description text NOT NULL,
    phase text NOT NULL CHECK (phase IN ('expand', 'contract')),
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (plugin_id, version)
);
