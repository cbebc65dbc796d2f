-- Calls without a price are few among many, and looked for by model: an index of them alone costs the others nothing.
CREATE INDEX llm_call_unpriced_idx ON llm_call (project_id, model, occurred_at) WHERE pricing_status = 'unpriced';
CREATE INDEX usage_day_unpriced_idx ON usage_day (project_id, model) WHERE unpriced_calls > 0;
