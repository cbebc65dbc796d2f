CREATE TABLE project (
  id serial PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE environment (
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, name)
);

CREATE TABLE app_user (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  disabled_at timestamptz(3)
);

CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  environment text NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  secret_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_by_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_key_project_id_idx ON api_key (project_id);

CREATE TABLE membership (
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  project_id integer NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'member', 'viewer')),
  tenants text[] NOT NULL DEFAULT '{}',
  all_tenants boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, project_id)
);

CREATE TABLE session (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  user_agent text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
CREATE INDEX session_user_id_idx ON session (user_id);

CREATE TABLE one_time_link (
  token_hash text PRIMARY KEY,
  purpose text NOT NULL,
  user_id uuid REFERENCES app_user (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);

CREATE TABLE rate_limit (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire timestamptz(3)
);

-- Months are attached by the application: the coming ones ahead of time, a past one when its first call arrives.
CREATE TABLE llm_call (
  project_id integer NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  environment text NOT NULL,
  request_id text NOT NULL,
  line smallint NOT NULL,
  tenant_id text NOT NULL,
  user_id text,
  session_id text,
  task_id text,
  feature text NOT NULL,
  deploy_sha text NOT NULL,
  provider text NOT NULL,
  platform text NOT NULL,
  model text NOT NULL,
  prompt_hash text,
  prefix_hash text,
  input_tokens integer NOT NULL,
  cache_create_5m_tokens integer NOT NULL,
  cache_create_1h_tokens integer NOT NULL,
  cache_read_tokens integer NOT NULL,
  output_tokens integer NOT NULL,
  web_search_requests integer NOT NULL,
  max_tokens integer,
  service_tier text NOT NULL,
  speed text NOT NULL,
  inference_geo text,
  location text,
  attempt smallint NOT NULL,
  stop_reason text,
  status_code smallint NOT NULL,
  latency_ms integer NOT NULL,
  ttft_ms integer,
  input_cost_usd_picos bigint,
  cache_create_5m_cost_usd_picos bigint,
  cache_create_1h_cost_usd_picos bigint,
  cache_read_cost_usd_picos bigint,
  output_cost_usd_picos bigint,
  web_search_cost_usd_picos bigint,
  cost_usd_picos bigint,
  pricing_status text NOT NULL CHECK (pricing_status IN ('priced', 'estimated', 'unpriced', 'not_billable')),
  pricing_reason text,
  pricing_notes text NOT NULL DEFAULT '',
  price_id text,
  price_tier text,
  price_multipliers text NOT NULL DEFAULT '',
  usage_source text NOT NULL,
  reported_cost_usd_picos bigint,
  content_hash text NOT NULL,
  CONSTRAINT llm_call_pkey PRIMARY KEY (project_id, occurred_at, tenant_id, request_id, line),
  -- Unknown is never zero: exactly the unpriced rows have no cost.
  CONSTRAINT llm_call_cost_known CHECK ((cost_usd_picos IS NULL) = (pricing_status = 'unpriced'))
) PARTITION BY RANGE (occurred_at);
CREATE INDEX llm_call_tenant_idx ON llm_call (project_id, tenant_id, occurred_at);
CREATE INDEX llm_call_feature_idx ON llm_call (project_id, feature, occurred_at);
CREATE INDEX llm_call_prompt_idx ON llm_call (project_id, prompt_hash, occurred_at);
CREATE INDEX llm_call_deploy_idx ON llm_call (project_id, deploy_sha, occurred_at);

CREATE TABLE usage_hour (
  project_id integer NOT NULL,
  bucket timestamptz(3) NOT NULL,
  environment text NOT NULL,
  tenant_id text NOT NULL,
  feature text NOT NULL,
  deploy_sha text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  service_tier text NOT NULL,
  is_retry boolean NOT NULL,
  calls bigint NOT NULL,
  errors bigint NOT NULL,
  rate_limited bigint NOT NULL,
  unpriced_calls bigint NOT NULL,
  unpriced_tokens bigint NOT NULL,
  estimated_calls bigint NOT NULL,
  estimated_cost_usd_picos bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cache_create_5m_tokens bigint NOT NULL,
  cache_create_1h_tokens bigint NOT NULL,
  cache_read_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  web_search_requests bigint NOT NULL,
  input_cost_usd_picos bigint NOT NULL,
  cache_create_5m_cost_usd_picos bigint NOT NULL,
  cache_create_1h_cost_usd_picos bigint NOT NULL,
  cache_read_cost_usd_picos bigint NOT NULL,
  output_cost_usd_picos bigint NOT NULL,
  web_search_cost_usd_picos bigint NOT NULL,
  cost_usd_picos bigint NOT NULL,
  latency_ms_sum bigint NOT NULL,
  first_occurred_at timestamptz(3) NOT NULL,
  last_occurred_at timestamptz(3) NOT NULL,
  CONSTRAINT usage_hour_pkey PRIMARY KEY (project_id, bucket, environment, tenant_id, feature, deploy_sha, provider, model, service_tier, is_retry)
) WITH (fillfactor = 80);

CREATE TABLE usage_day (
  project_id integer NOT NULL,
  bucket timestamptz(3) NOT NULL,
  environment text NOT NULL,
  tenant_id text NOT NULL,
  feature text NOT NULL,
  deploy_sha text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  service_tier text NOT NULL,
  is_retry boolean NOT NULL,
  calls bigint NOT NULL,
  errors bigint NOT NULL,
  rate_limited bigint NOT NULL,
  unpriced_calls bigint NOT NULL,
  unpriced_tokens bigint NOT NULL,
  estimated_calls bigint NOT NULL,
  estimated_cost_usd_picos bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cache_create_5m_tokens bigint NOT NULL,
  cache_create_1h_tokens bigint NOT NULL,
  cache_read_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  web_search_requests bigint NOT NULL,
  input_cost_usd_picos bigint NOT NULL,
  cache_create_5m_cost_usd_picos bigint NOT NULL,
  cache_create_1h_cost_usd_picos bigint NOT NULL,
  cache_read_cost_usd_picos bigint NOT NULL,
  output_cost_usd_picos bigint NOT NULL,
  web_search_cost_usd_picos bigint NOT NULL,
  cost_usd_picos bigint NOT NULL,
  latency_ms_sum bigint NOT NULL,
  first_occurred_at timestamptz(3) NOT NULL,
  last_occurred_at timestamptz(3) NOT NULL,
  CONSTRAINT usage_day_pkey PRIMARY KEY (project_id, bucket, environment, tenant_id, feature, deploy_sha, provider, model, service_tier, is_retry)
) WITH (fillfactor = 80);
