-- SPDX-License-Identifier: Apache-2.0
-- Rows that several nodes change at the same time, what nodes hear of each other's changes, and ids of tenants that are used
-- only once.

CREATE SEQUENCE mortise.plugin_instance_revision;
ALTER TABLE mortise.plugin_instance
    -- changes with every write, and is never the one of a row that was there before
    ADD COLUMN revision bigint NOT NULL DEFAULT nextval('mortise.plugin_instance_revision'),
    -- change when somebody gave other settings or credentials, but not when the same are sealed anew
    ADD COLUMN config_mark bigint NOT NULL DEFAULT 0,
    ADD COLUMN auth_mark bigint NOT NULL DEFAULT 0,
    -- who gave them: one run of a node, which has told its plugins already
    ADD COLUMN marked_by text;

CREATE FUNCTION mortise.next_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.revision := nextval('mortise.plugin_instance_revision');
    RETURN NEW;
END
$$;

CREATE TRIGGER plugin_instance_revision BEFORE INSERT OR UPDATE ON mortise.plugin_instance
    FOR EACH ROW EXECUTE FUNCTION mortise.next_revision();

-- the ids of tenants that are gone: caches, envelopes and whatever plugins remember may still know them
CREATE TABLE mortise.tenant_gone (
    id text PRIMARY KEY,
    gone_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE SEQUENCE mortise.tenant_successor;

CREATE FUNCTION mortise.note_tenant_gone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO mortise.tenant_gone (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER tenant_gone AFTER DELETE ON mortise.tenant
    FOR EACH ROW EXECUTE FUNCTION mortise.note_tenant_gone();

-- The wanted id, if no tenant had it before. A point stands in no slug, so that no two tenants are called alike.
CREATE FUNCTION mortise.new_tenant_id(wanted text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number text;
BEGIN
    IF NOT EXISTS (SELECT FROM mortise.tenant_gone g WHERE g.id = wanted) THEN
        RETURN wanted;
    END IF;
    number := nextval('mortise.tenant_successor')::text;
    RETURN left(wanted, 62 - length(number)) || '.' || number;
END
$$;
