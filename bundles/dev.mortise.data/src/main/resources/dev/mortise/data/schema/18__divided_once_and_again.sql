-- SPDX-License-Identifier: Apache-2.0
-- A table of tenants stays one. Version 16 finds those that bear a trace of what they were; here a script is judged by what was
-- there before it.

-- The tables of the plugin that are divided by tenants now: each with its id, its name, and the column that says whose a row is.
CREATE FUNCTION mortise.divided_tables() RETURNS text[]
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(concat_ws(' ', c.oid, c.relname, a.attname)), '{}')
      FROM mortise.tenant_columns() t
      JOIN pg_class c ON c.oid = t.relation AND c.relforcerowsecurity
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = t.attnum
$$;

-- Those of them that are there still, or again under the same name, with that column and without the division.
CREATE FUNCTION mortise.undivided_since(before text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT 'would no longer divide ''' || c.relname || ''' by tenants, though column ''' || a.attname
           || ''' says whose its rows are; keep its policies and its foreign key, call mortise.tenant_table(''' || c.relname
           || ''') where it is a new one, or drop the column too'
      FROM pg_class c
      JOIN unnest(before) was (line) ON split_part(was.line, ' ', 1) = c.oid::text OR split_part(was.line, ' ', 2) = c.relname
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = split_part(was.line, ' ', 3) AND NOT a.attisdropped
     WHERE c.relowner = (SELECT session_user::text::regrole) AND c.relkind IN ('r', 'p')
       AND NOT (c.relforcerowsecurity AND EXISTS (SELECT FROM mortise.tenant_columns() t WHERE t.relation = c.oid))
     ORDER BY 1
$$;

-- as in version 2, and looks at what became of the tables of tenants, after the sentences that know more of it
CREATE OR REPLACE FUNCTION mortise.run_script(script text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    divided pg_catalog.text[] := mortise.divided_tables();
    broken pg_catalog.text;
BEGIN
    EXECUTE script;
    FOR broken IN SELECT u FROM mortise.undone_tables() u LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
    FOR broken IN SELECT u FROM mortise.undivided_since(divided) u LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION mortise.divided_tables(), mortise.undivided_since(text[]) FROM PUBLIC;

-- for the plugins that are there; a role of all owners that is made later has it from the start
DO $$
DECLARE
    owners text := format('m%s_owners', (SELECT value FROM mortise.meta WHERE key = 'database_id'));
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION mortise.divided_tables(), mortise.undivided_since(text[]) TO %I', owners);
    END IF;
END
$$;

-- What version 11 brought answers as before, and sooner: the role was looked up anew for every row of the catalog. Scripts
-- wait for one another meanwhile.
DO $$
DECLARE
    judge text;
BEGIN
    FOREACH judge IN ARRAY '{tenant_columns,crossing_keys,telling_keys}'::text[] LOOP
        EXECUTE replace(
            pg_get_functiondef(format('mortise.%I()', judge)::regprocedure),
            'session_user::text::regrole', '(SELECT session_user::text::regrole)');
    END LOOP;
END
$$;
