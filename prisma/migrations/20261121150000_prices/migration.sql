-- Every book of prices that a call was ever priced by, as it was: former versions can be run again.
CREATE TABLE price_book (
  version text PRIMARY KEY,
  as_of date NOT NULL,
  files jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

-- A project's prices at a time: a book and the contract with its overrides. Never changed, only followed by the next.
CREATE TABLE price_version (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  version integer NOT NULL,
  book_version text NOT NULL REFERENCES price_book (version),
  contract jsonb NOT NULL,
  reason text NOT NULL,
  created_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, version)
);

-- A change of prices of stored calls: looked at first, then applied in steps that can be stopped and resumed.
CREATE TABLE reprice_run (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  number integer NOT NULL,
  status text NOT NULL CHECK (status IN ('previewing', 'previewed', 'applying', 'done', 'cancelled', 'failed')),
  reason text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  -- Empty: all.
  models text[] NOT NULL DEFAULT '{}',
  price_version integer NOT NULL,
  undoes integer,
  created_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  applied_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  applied_at timestamptz(3),
  finished_at timestamptz(3),
  rows_total bigint NOT NULL DEFAULT 0,
  rows_done bigint NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  rows_closed bigint NOT NULL DEFAULT 0,
  -- The last row looked at; null before the first.
  position jsonb,
  -- By which versions the changed rows had been priced.
  versions_before integer[] NOT NULL DEFAULT '{}',
  error text,
  worker text,
  lease_until timestamptz(3),
  PRIMARY KEY (project_id, number),
  FOREIGN KEY (project_id, price_version) REFERENCES price_version (project_id, version)
);
-- One at a time: two runs over the same rows would not know what they undo.
CREATE UNIQUE INDEX reprice_run_active_idx ON reprice_run (project_id) WHERE status IN ('previewing', 'applying');

-- What a run changes, summed as it is found. Costs leave out what has no price, which is counted instead.
CREATE TABLE reprice_difference (
  project_id integer NOT NULL,
  run integer NOT NULL,
  month date NOT NULL,
  tenant_id text NOT NULL,
  model text NOT NULL,
  -- In a month that is closed: an adjustment, not a change.
  closed boolean NOT NULL,
  calls bigint NOT NULL,
  unpriced_before bigint NOT NULL,
  unpriced_after bigint NOT NULL,
  cost_before_usd_picos bigint NOT NULL,
  cost_after_usd_picos bigint NOT NULL,
  list_before_usd_picos bigint NOT NULL,
  list_after_usd_picos bigint NOT NULL,
  PRIMARY KEY (project_id, run, month, tenant_id, model, closed),
  FOREIGN KEY (project_id, run) REFERENCES reprice_run (project_id, number) ON DELETE CASCADE
);

-- Months that finance has closed: no call in them changes its price any more.
CREATE TABLE closed_month (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  month date NOT NULL,
  closed_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  closed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, month)
);

-- What a run would have changed in a closed month, by day and what it is charged to.
CREATE TABLE cost_adjustment (
  project_id integer NOT NULL,
  run integer NOT NULL,
  day date NOT NULL,
  environment text NOT NULL,
  tenant_id text NOT NULL,
  feature text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  cost_usd_picos bigint NOT NULL,
  list_cost_usd_picos bigint NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, run, day, environment, tenant_id, feature, provider, model),
  FOREIGN KEY (project_id, run) REFERENCES reprice_run (project_id, number) ON DELETE CASCADE
);

ALTER TABLE llm_call
  -- As the provider spelled it, where that is not what `model` says.
  ADD COLUMN sent_model text,
  -- What was billed part by part, where the columns of tokens cannot tell.
  ADD COLUMN usage_parts jsonb,
  ADD COLUMN list_cost_usd_picos bigint,
  -- 0: priced before versions were kept.
  ADD COLUMN price_version integer NOT NULL DEFAULT 0,
  ADD COLUMN reprice_run integer,
  ADD COLUMN former_price_version integer;
UPDATE llm_call SET list_cost_usd_picos = cost_usd_picos;

ALTER TABLE usage_hour
  ADD COLUMN list_cost_usd_picos bigint NOT NULL DEFAULT 0,
  ADD COLUMN unlisted_cost_usd_picos bigint NOT NULL DEFAULT 0;
ALTER TABLE usage_day
  ADD COLUMN list_cost_usd_picos bigint NOT NULL DEFAULT 0,
  ADD COLUMN unlisted_cost_usd_picos bigint NOT NULL DEFAULT 0;
UPDATE usage_hour SET list_cost_usd_picos = cost_usd_picos;
UPDATE usage_day SET list_cost_usd_picos = cost_usd_picos;
