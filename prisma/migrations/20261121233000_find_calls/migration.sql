-- Failed and repeated calls, some in a hundred, in order of time; and those that failed in one way.
CREATE INDEX llm_call_failed_idx ON llm_call (project_id, occurred_at) WHERE status_code >= 400 OR attempt > 1;
CREATE INDEX llm_call_status_idx ON llm_call (project_id, status_code, occurred_at) WHERE status_code >= 400;

-- A call by the id that its provider or client gave it, of whatever time. Hashes: half the size of the ids.
CREATE INDEX llm_call_request_idx ON llm_call USING hash (request_id);

-- Says where a rare value is not: some megabytes for ten million calls, next to nothing to keep. What nobody sent is then found
-- missing in milliseconds instead of by reading every call.
CREATE INDEX llm_call_rare_idx ON llm_call USING brin (
  user_id text_bloom_ops (n_distinct_per_range = 1800),
  prefix_hash text_bloom_ops (n_distinct_per_range = 200),
  model text_bloom_ops (n_distinct_per_range = 50),
  stop_reason text_bloom_ops (n_distinct_per_range = 50),
  source text_bloom_ops (n_distinct_per_range = 50),
  provider text_bloom_ops (n_distinct_per_range = 16),
  service_tier text_bloom_ops (n_distinct_per_range = 16),
  pricing_status text_bloom_ops (n_distinct_per_range = 16)
) WITH (pages_per_range = 128, autosummarize = on);
