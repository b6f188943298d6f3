CREATE TABLE p_crm__contacts (
    id    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name  text NOT NULL,
    email text
);

SELECT mortise.tenant_table('p_crm__contacts');
