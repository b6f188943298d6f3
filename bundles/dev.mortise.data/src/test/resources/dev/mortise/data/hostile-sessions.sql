-- What a session of a tenant's login says, one line each, before it looks for rows of another tenant.
SELECT set_config('mortise.tenant', 'beta', false)
SET mortise.tenant = 'beta'
SET SESSION AUTHORIZATION DEFAULT; SET mortise.tenant = 'beta'
SET ROLE {rows}; SET mortise.tenant = 'beta'
SET ROLE {rows}; DISCARD PLANS; SET mortise.tenant = 'beta'
SET ROLE {app}; SET mortise.tenant = 'beta'
SET ROLE {owner}
SET ROLE {beta}
SET ROLE mortise
SET SESSION AUTHORIZATION {beta}
SET SESSION AUTHORIZATION {app}
SET row_security = off
SET session_replication_role = replica
PREPARE p AS SELECT what FROM p_shop__orders; SET mortise.tenant = 'beta'
ALTER ROLE CURRENT_USER SET mortise.tenant = 'beta'
ALTER ROLE {app} PASSWORD 'x'
SET ROLE {rows}; ALTER ROLE {rows} PASSWORD 'x'; ALTER ROLE {rows} SET row_security = off
SET ROLE {rows}; ALTER ROLE {rows} LOGIN
ALTER ROLE {beta} PASSWORD 'x'
ALTER ROLE CURRENT_USER BYPASSRLS
ALTER ROLE CURRENT_USER CONNECTION LIMIT -1
CREATE ROLE other
GRANT {rows} TO {app}
GRANT {app} TO CURRENT_USER
GRANT {owner} TO CURRENT_USER
GRANT {beta} TO CURRENT_USER
SET ROLE {rows}; GRANT {beta} TO {rows}
REVOKE {rows} FROM {beta}
DROP OWNED BY CURRENT_USER
DROP OWNED BY {rows}
SET ROLE {rows}; DROP OWNED BY CURRENT_USER CASCADE
REASSIGN OWNED BY {owner} TO CURRENT_USER
ALTER POLICY tenant ON p_shop__orders USING (true)
DROP POLICY tenant ON p_shop__orders
CREATE POLICY mine ON p_shop__orders USING (true)
ALTER TABLE p_shop__orders DISABLE ROW LEVEL SECURITY
ALTER TABLE p_shop__orders OWNER TO CURRENT_USER
TRUNCATE p_shop__orders
LOCK TABLE p_shop__orders IN ACCESS EXCLUSIVE MODE
CREATE TEMPORARY TABLE t (id int)
CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE TABLE p_shop__mine (id int)
CREATE SCHEMA mine
CREATE TRIGGER t BEFORE DELETE ON p_shop__orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
UPDATE mortise.tenant_login SET tenant_id = 'beta'
INSERT INTO mortise.tenant_login VALUES (session_user, 'shop', 'beta')
SELECT mortise.tenant_table('p_shop__orders')
SELECT mortise.run_script('ALTER POLICY tenant ON p_shop.p_shop__orders USING (true)')
SELECT mortise.set_rights_of_logins('p_shop', '{owner}', '{app}', '{rows}')
COPY p_shop__orders (what, tenant_id) FROM PROGRAM 'echo x'
COPY p_shop__orders (what, tenant_id) TO '/tmp/mortise-stolen'
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user
INSERT INTO p_shop__orders (what, tenant_id) VALUES ('sneaked', 'beta')
UPDATE p_shop__orders SET tenant_id = 'beta'
SET mortise.tenant = 'beta'; INSERT INTO p_shop__orders (what) VALUES ('sneaked')
SET mortise.tenant = 'beta'; UPDATE p_shop__orders SET what = 'changed' WHERE tenant_id = 'beta'
SET mortise.tenant = 'beta'; DELETE FROM p_shop__orders WHERE tenant_id = 'beta'
SET mortise.tenant = 'beta'; DELETE FROM p_shop__shelves
SET mortise.tenant = 'beta'; DELETE FROM p_shop__halls
UPDATE p_shop__shelves SET id = 8
DO $$ BEGIN PERFORM set_config('mortise.tenant', 'beta', false); UPDATE p_shop__orders SET what = 'x' WHERE tenant_id = 'beta'; END $$
SELECT pg_advisory_lock(1), pg_notify('x', 'y')
LISTEN x
DECLARE c CURSOR WITH HOLD FOR SELECT what FROM p_shop__orders; SET mortise.tenant = 'beta'
