-- SPDX-License-Identifier: Apache-2.0
-- What is desired, the bytes of it, and the journal of how it came about. Whoever changes what is desired holds the row
-- of desired_generation for that long.

CREATE TABLE mortise.artifact (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    plugin_id text NOT NULL,
    version text NOT NULL,
    bytes bigint NOT NULL,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX artifact_plugin_id ON mortise.artifact (plugin_id, added_at);

-- in parts, so that neither side ever holds a whole jar; they are written before their size is known
CREATE TABLE mortise.artifact_part (
    sha256 text NOT NULL REFERENCES mortise.artifact (sha256) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number int NOT NULL CHECK (number >= 0),
    content bytea NOT NULL,
    PRIMARY KEY (sha256, number)
);

-- a jar is compressed already
ALTER TABLE mortise.artifact_part ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE mortise.desired_generation (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    generation bigint NOT NULL
);

INSERT INTO mortise.desired_generation (generation) VALUES (0);

CREATE TABLE mortise.desired_plugin (
    sha256 text PRIMARY KEY REFERENCES mortise.artifact (sha256),
    plugin_id text NOT NULL,
    version text NOT NULL,
    role text NOT NULL CHECK (role IN ('ACTIVE', 'PENDING', 'PARKED')),
    source text,
    note_state text,
    note_code text,
    note_message text,
    note_remedy text,
    CHECK (num_nulls(note_state, note_code, note_message, note_remedy) IN (0, 4))
);

CREATE TABLE mortise.folder_file (
    node text NOT NULL,
    path text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (node, path)
);

-- an id sorts by the time of its deployment's beginning, byte by byte
CREATE TABLE mortise.deployment (
    id text COLLATE "C" PRIMARY KEY,
    node text NOT NULL,
    generation bigint NOT NULL,
    state text NOT NULL,
    trigger text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    reason text
);

CREATE INDEX deployment_running ON mortise.deployment (node) WHERE state = 'RUNNING';

CREATE TABLE mortise.deployment_group (
    deployment text COLLATE "C" NOT NULL REFERENCES mortise.deployment (id) ON DELETE CASCADE,
    number int NOT NULL,
    state text NOT NULL,
    reason text,
    PRIMARY KEY (deployment, number)
);

CREATE TABLE mortise.deployment_member (
    deployment text COLLATE "C" NOT NULL,
    group_number int NOT NULL,
    number int NOT NULL,
    plugin_id text NOT NULL,
    from_version text,
    to_version text,
    PRIMARY KEY (deployment, group_number, number),
    FOREIGN KEY (deployment, group_number) REFERENCES mortise.deployment_group (deployment, number) ON DELETE CASCADE
);

CREATE TABLE mortise.deployment_step (
    deployment text COLLATE "C" NOT NULL REFERENCES mortise.deployment (id) ON DELETE CASCADE,
    number int NOT NULL,
    phase text NOT NULL,
    plugin_id text NOT NULL,
    state text NOT NULL,
    ms bigint NOT NULL,
    PRIMARY KEY (deployment, number)
);

CREATE TABLE mortise.deployment_leak (
    deployment text COLLATE "C" NOT NULL REFERENCES mortise.deployment (id) ON DELETE CASCADE,
    number int NOT NULL,
    plugin_id text NOT NULL,
    version text NOT NULL,
    verdict text NOT NULL,
    PRIMARY KEY (deployment, number)
);
