-- The calls of one session and of one task, in order of time; calls without one take no room.
CREATE INDEX llm_call_session_idx ON llm_call (project_id, session_id, occurred_at) WHERE session_id IS NOT NULL;
CREATE INDEX llm_call_task_idx ON llm_call (project_id, task_id, occurred_at) WHERE task_id IS NOT NULL;
