-- By which door a call came, and how its sender counts input. Both null for a call posted as it is.
ALTER TABLE llm_call
  ADD COLUMN source text,
  ADD COLUMN usage_convention text;

CREATE TABLE task_outcome (
  project_id integer NOT NULL,
  environment text NOT NULL,
  tenant_id text NOT NULL,
  task_id text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('success', 'failure')),
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, environment, tenant_id, task_id)
);

CREATE TABLE deploy (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  environment text NOT NULL,
  deploy_sha text NOT NULL,
  deployed_at timestamptz(3) NOT NULL,
  title text,
  url text,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, environment, deploy_sha)
);

CREATE TABLE client (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  environment text NOT NULL,
  client_id uuid NOT NULL,
  sdk text NOT NULL,
  runtime text,
  deploy_sha text,
  last_sequence integer NOT NULL,
  -- Its clock less ours, when it last reported.
  skew_ms bigint NOT NULL,
  rate_limits jsonb NOT NULL DEFAULT '{}',
  first_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, environment, client_id)
);

CREATE TABLE client_drop (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  environment text NOT NULL,
  client_id uuid NOT NULL,
  sequence integer NOT NULL,
  reason text NOT NULL,
  calls bigint NOT NULL CHECK (calls > 0),
  reported_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, environment, client_id, sequence, reason)
);
CREATE INDEX client_drop_time_idx ON client_drop (project_id, reported_at);

CREATE TABLE attribute_mapping (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  door text NOT NULL,
  mapping jsonb NOT NULL,
  changed_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, door)
);
