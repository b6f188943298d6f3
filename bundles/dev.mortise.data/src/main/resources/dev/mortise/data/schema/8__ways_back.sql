-- SPDX-License-Identifier: Apache-2.0
-- How migrations of plugins are taken back, and which of those that no transaction holds was begun. An older release goes
-- on as before: what it records has no way back until a newer one starts the plugin again.

ALTER TABLE mortise._plugin_migrations
    ADD COLUMN kind text NOT NULL DEFAULT 'transactional' CHECK (kind IN ('transactional', 'concurrent')),
    ADD COLUMN down text,
    ADD COLUMN down_checksum text,
    ADD CHECK ((down IS NULL) = (down_checksum IS NULL));

-- at most one of each plugin; it goes in the transaction that records its end
CREATE TABLE mortise.plugin_migration_begun (
    plugin_id text PRIMARY KEY,
    version bigint NOT NULL,
    description text NOT NULL,
    checksum text NOT NULL,
    index_name text NOT NULL,
    drops boolean NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- what operators took away
CREATE TABLE mortise.plugin_data_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plugin_id text NOT NULL,
    what text NOT NULL CHECK (what IN ('down', 'purge')),
    version bigint,
    detail text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX plugin_data_log_plugin_id ON mortise.plugin_data_log (plugin_id, id);

CREATE FUNCTION mortise.plugin_id_of_session() RETURNS text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT replace(mortise.plugin_of_session(), '_', '-')
$$;

-- All of these derive the plugin from the session, as those of version 2 do: a script that calls them harms itself alone.
CREATE FUNCTION mortise.record_migration(
    version bigint, description text, phase text, kind text, checksum text, down text, down_checksum text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plugin text := mortise.plugin_id_of_session();
BEGIN
    PERFORM mortise.record_migration(version, description, phase, checksum);
    UPDATE mortise._plugin_migrations m
       SET kind = record_migration.kind, down = record_migration.down, down_checksum = record_migration.down_checksum
     WHERE m.plugin_id = plugin AND m.version = record_migration.version;
    DELETE FROM mortise.plugin_migration_begun b WHERE b.plugin_id = plugin;
END
$$;

CREATE FUNCTION mortise.begin_migration(
    version bigint, description text, checksum text, index_name text, drops boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plugin text := mortise.plugin_id_of_session();
BEGIN
    DELETE FROM mortise.plugin_migration_begun b WHERE b.plugin_id = plugin;
    INSERT INTO mortise.plugin_migration_begun (plugin_id, version, description, checksum, index_name, drops)
    VALUES (plugin, begin_migration.version, begin_migration.description, begin_migration.checksum,
            begin_migration.index_name, begin_migration.drops);
END
$$;

CREATE FUNCTION mortise.begun_migration()
RETURNS TABLE (version bigint, checksum text, index_name text, drops boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.version, b.checksum, b.index_name, b.drops FROM mortise.plugin_migration_begun b
     WHERE b.plugin_id = mortise.plugin_id_of_session()
$$;

CREATE FUNCTION mortise.forget_begun_migration() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM mortise.plugin_migration_begun b WHERE b.plugin_id = mortise.plugin_id_of_session();
END
$$;

CREATE FUNCTION mortise.take_back_migration(version bigint, checksum text, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plugin text := mortise.plugin_id_of_session();
BEGIN
    DELETE FROM mortise._plugin_migrations m
     WHERE m.plugin_id = plugin AND m.version = take_back_migration.version AND m.checksum = take_back_migration.checksum
       AND NOT EXISTS (SELECT FROM mortise._plugin_migrations later
                        WHERE later.plugin_id = plugin AND later.version > take_back_migration.version);
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = 'is not the newest one of its plugin any more';
    END IF;
    INSERT INTO mortise.plugin_data_log (plugin_id, what, version, detail)
    VALUES (plugin, 'down', take_back_migration.version, take_back_migration.detail);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mortise FROM PUBLIC;

-- the role of all owners has what version 2 gave it since the first migration; the rest of it is given here or there
DO $$
DECLARE
    owners text := format('m%s_owners', (SELECT value FROM mortise.meta WHERE key = 'database_id'));
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION mortise.plugin_id_of_session(),
                mortise.record_migration(bigint, text, text, text, text, text, text),
                mortise.begin_migration(bigint, text, text, text, boolean), mortise.begun_migration(),
                mortise.forget_begun_migration(), mortise.take_back_migration(bigint, text, text) TO %I', owners);
    END IF;
END
$$;
