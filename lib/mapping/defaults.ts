import type { MappedDoor, Mapping } from "@/lib/mapping/schema";

const none = null;

/** What holds until a project says otherwise: the names that SDKs and conventions use. */
export const DEFAULT_MAPPINGS: Readonly<Record<MappedDoor, Mapping>> = {
  otlp: {
    tenant_id: {
      keys: [
        "tenant.id",
        "tenant_id",
        "tenantId",
        "customer.id",
        "customer_id",
        "organization.id",
        "ai.telemetry.metadata.tenantId",
        "ai.telemetry.metadata.tenant_id",
        "traceloop.association.properties.tenant_id",
        "metadata.tenant_id",
      ],
      fallback: "unknown",
    },
    feature: {
      keys: [
        "feature",
        "ai.telemetry.metadata.feature",
        "traceloop.association.properties.feature",
        "metadata.feature",
        "ai.telemetry.functionId",
        "gen_ai.agent.name",
        "traceloop.workflow.name",
        "service.name",
      ],
      fallback: "unknown",
    },
    deploy_sha: {
      keys: ["deploy_sha", "vcs.ref.head.revision", "git.commit.sha", "service.version"],
      fallback: none,
    },
    user_id: {
      keys: [
        "user.id",
        "user_id",
        "enduser.id",
        "ai.telemetry.metadata.userId",
        "traceloop.association.properties.user_id",
      ],
      fallback: none,
    },
    session_id: {
      keys: [
        "session.id",
        "gen_ai.conversation.id",
        "ai.telemetry.metadata.sessionId",
        "traceloop.association.properties.session_id",
      ],
      fallback: none,
    },
    task_id: { keys: ["task.id", "task_id", "ai.telemetry.metadata.taskId"], fallback: none },
  },
  "claude-code": {
    tenant_id: {
      keys: ["tenant.id", "tenant_id", "team.id", "organization.id", "user.email", "user.account_uuid", "user.id"],
      fallback: "unknown",
    },
    feature: { keys: ["feature"], fallback: "claude-code" },
    deploy_sha: { keys: ["deploy_sha", "vcs.ref.head.revision"], fallback: none },
    user_id: { keys: ["user.email", "user.account_uuid", "user.id"], fallback: none },
    session_id: { keys: ["session.id"], fallback: none },
    task_id: { keys: ["task.id", "prompt.id"], fallback: none },
  },
  litellm: {
    tenant_id: {
      keys: [
        "metadata.spend_logs_metadata.tenant_id",
        "metadata.requester_metadata.tenant_id",
        "request_tags.tenant",
        "end_user",
        "metadata.user_api_key_end_user_id",
        "metadata.user_api_key_team_alias",
        "metadata.user_api_key_team_id",
        "metadata.user_api_key_alias",
        "metadata.user_api_key_user_id",
      ],
      fallback: "unknown",
    },
    feature: {
      keys: [
        "metadata.spend_logs_metadata.feature",
        "metadata.requester_metadata.feature",
        "request_tags.feature",
        "metadata.user_api_key_alias",
      ],
      fallback: "unknown",
    },
    deploy_sha: {
      keys: [
        "metadata.spend_logs_metadata.deploy_sha",
        "metadata.requester_metadata.deploy_sha",
        "request_tags.deploy",
      ],
      fallback: none,
    },
    user_id: { keys: ["end_user", "metadata.user_api_key_user_id"], fallback: none },
    session_id: {
      keys: ["metadata.requester_metadata.session_id", "metadata.spend_logs_metadata.session_id"],
      fallback: none,
    },
    task_id: {
      keys: [
        "metadata.spend_logs_metadata.task_id",
        "metadata.requester_metadata.task_id",
        "request_tags.task",
        "trace_id",
      ],
      fallback: none,
    },
  },
};
