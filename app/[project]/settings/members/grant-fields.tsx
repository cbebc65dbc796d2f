"use client";

import { useState } from "react";
import { Choice } from "@/components/forms/choice";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Grant } from "@/lib/auth/members";
import type { FieldErrors } from "@/lib/auth/schema";

const ROLES = [
  { value: "viewer", label: "viewer", note: "Looks at everything, or at some tenants" },
  { value: "member", label: "member", note: "Also makes and revokes API keys" },
  { value: "owner", label: "owner", note: "Also members, environments and the project" },
] as const;

/** Role and, for a viewer, the tenants; a form reads them back by `readGrant`. */
export function GrantFields({ grant, errors }: { grant: Grant; errors: FieldErrors }) {
  const [role, setRole] = useState<string>(grant.role);
  return (
    <>
      <input type="hidden" name="role" value={role} />
      <Field label="Role" error={errors.role}>
        <Choice value={role} onChange={setRole} options={ROLES} />
      </Field>
      {role === "viewer" && (
        <Field label="Tenants" hint="One a line, as the calls name them; empty for all" error={errors.tenants}>
          <Textarea
            name="tenants"
            rows={3}
            spellCheck={false}
            defaultValue={grant.tenants === "all" ? "" : grant.tenants.join("\n")}
          />
        </Field>
      )}
    </>
  );
}

/** What the fields say, as the actions take it. */
export function readGrant(form: FormData): { role: unknown; tenants: "all" | string[] } {
  const lines = String(form.get("tenants") ?? "").split("\n");
  const tenants = lines.map((line) => line.trim()).filter((line) => line !== "");
  return { role: form.get("role"), tenants: tenants.length === 0 ? "all" : tenants };
}
