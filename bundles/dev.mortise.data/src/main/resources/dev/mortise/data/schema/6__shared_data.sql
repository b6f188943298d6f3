-- SPDX-License-Identifier: Apache-2.0
-- Values that the plugins of a tenant share. What has expired is not there for any statement; it lies here until it is
-- swept, or until somebody writes its key.

-- every write has another revision: versions begin again at 1 when a key is written anew
CREATE SEQUENCE mortise.shared_data_revision;

CREATE TABLE mortise.shared_data (
    tenant_id text NOT NULL REFERENCES mortise.tenant (id) ON DELETE CASCADE,
    namespace text COLLATE "C" NOT NULL CHECK (length(namespace) BETWEEN 1 AND 255),
    key text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    owner_id text NOT NULL,
    value json NOT NULL,
    bytes int NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    revision bigint NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (tenant_id, namespace, key)
)
-- room for a new version of a row beside the old one: a write then touches no index
WITH (fillfactor = 80);

CREATE INDEX shared_data_owner ON mortise.shared_data (tenant_id, owner_id);

CREATE INDEX shared_data_expires_at ON mortise.shared_data (expires_at) WHERE expires_at IS NOT NULL;

-- what the manifests of the owners say, also while these are away; a namespace that is not here is read by all
CREATE TABLE mortise.shared_data_reader (
    owner_id text NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    readers text[] NOT NULL,
    PRIMARY KEY (owner_id, namespace)
);

-- who takes this row's turn sweeps; nobody holds it meanwhile
CREATE TABLE mortise.shared_data_sweep (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    next_at timestamptz NOT NULL
);

INSERT INTO mortise.shared_data_sweep (next_at) VALUES (clock_timestamp());
