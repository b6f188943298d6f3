-- SPDX-License-Identifier: Apache-2.0
-- What nodes keep in memory, and how often it was changed: they look at these few rows often, and at the rest when a number
-- is another one.

CREATE TABLE mortise.revision (
    topic text PRIMARY KEY,
    value bigint NOT NULL DEFAULT 0
);
INSERT INTO mortise.revision (topic)
VALUES ('tenants'), ('installations'), ('settings'), ('metadata'), ('locations of plugins');

-- Once for each transaction and topic, at its end: whoever writes holds up others for as long as a commit takes. A row and no
-- sequence, which would tell of a change before others can see it.
CREATE FUNCTION mortise.note_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    noted text := 'mortise.noted_' || replace(TG_ARGV[0], ' ', '_');
BEGIN
    IF current_setting(noted, true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE mortise.revision SET value = value + 1 WHERE topic = TG_ARGV[0];
        PERFORM set_config(noted, pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER revision AFTER INSERT OR UPDATE OR DELETE ON mortise.tenant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mortise.note_revision('tenants');

CREATE CONSTRAINT TRIGGER revision AFTER INSERT OR DELETE ON mortise.plugin_instance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mortise.note_revision('installations');
CREATE CONSTRAINT TRIGGER revision_decided AFTER UPDATE ON mortise.plugin_instance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.enabled, OLD.runtime_state, OLD.reason, OLD.since, OLD.withheld)
          IS DISTINCT FROM (NEW.enabled, NEW.runtime_state, NEW.reason, NEW.since, NEW.withheld))
    EXECUTE FUNCTION mortise.note_revision('installations');
CREATE CONSTRAINT TRIGGER revision_given AFTER INSERT OR DELETE ON mortise.plugin_instance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mortise.note_revision('settings');
-- not when the same is sealed anew
CREATE CONSTRAINT TRIGGER revision_marked AFTER UPDATE ON mortise.plugin_instance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.config_mark, OLD.auth_mark, OLD.marked_by) IS DISTINCT FROM (NEW.config_mark, NEW.auth_mark, NEW.marked_by))
    EXECUTE FUNCTION mortise.note_revision('settings');

CREATE CONSTRAINT TRIGGER revision AFTER INSERT OR UPDATE OR DELETE ON mortise.plugin_registry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mortise.note_revision('metadata');

CREATE CONSTRAINT TRIGGER revision AFTER INSERT OR UPDATE OR DELETE ON mortise.plugin_location
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mortise.note_revision('locations of plugins');
