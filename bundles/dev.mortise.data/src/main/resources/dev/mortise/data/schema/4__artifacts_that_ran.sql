-- SPDX-License-Identifier: Apache-2.0
-- When an artifact was last switched in. Empty for one that never was, and for what an older release switches in.

ALTER TABLE mortise.artifact ADD COLUMN ran_at timestamptz;

-- what another version took the place of had run; of all others the journal can't tell
UPDATE mortise.artifact a
   SET ran_at = (SELECT max(d.started_at)
                   FROM mortise.deployment_member m JOIN mortise.deployment d ON d.id = m.deployment
                  WHERE m.plugin_id = a.plugin_id AND m.from_version = a.version);

UPDATE mortise.artifact a
   SET ran_at = clock_timestamp()
 WHERE EXISTS (SELECT FROM mortise.desired_plugin d WHERE d.sha256 = a.sha256 AND d.role = 'ACTIVE');
