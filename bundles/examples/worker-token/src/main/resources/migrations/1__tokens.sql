-- A token is looked up before its tenant is known: it is what tells the tenant. So this table has no row-level security,
-- tenant_id is plain data, and every statement for a client names the tenant itself.
CREATE TABLE p_worker_token__tokens (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id    text        NOT NULL REFERENCES mortise.tenant (id) ON DELETE CASCADE,
    name         text        NOT NULL,
    token_prefix text        NOT NULL UNIQUE,
    token_hash   text        NOT NULL UNIQUE,
    permissions  text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   text        NOT NULL,
    last_used_at timestamptz,
    expires_at   timestamptz,
    revoked_at   timestamptz
);

CREATE INDEX idx_p_worker_token__tokens_tenant ON p_worker_token__tokens (tenant_id);
