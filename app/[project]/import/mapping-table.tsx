"use client";

import { Panel, PanelCount } from "@/components/shell/panel";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { FIELD_NAMES } from "@/lib/imports/columns";
import type { Detected, Mapping } from "@/lib/imports/schema";

/** A select has no empty value. */
const UNUSED = "-";

type Props = { detected: Detected; mapping: Mapping; onChange: (mapping: Mapping) => void };

/** Which field each column of the file fills. A field is filled by one column: choosing it again takes it from the other. */
export function MappingTable({ detected, mapping, onChange }: Props) {
  const { header, samples } = detected;
  const fieldOf = (column: string) => Object.entries(mapping).find(([, name]) => name === column)?.[0] ?? UNUSED;
  const choose = (column: string, field: string) => {
    const others = Object.entries(mapping).filter(([known, name]) => known !== field && name !== column);
    onChange(Object.fromEntries(field === UNUSED ? others : [...others, [field, column]]));
  };
  return (
    <Panel
      title="Columns"
      question="Which field of a call does each one fill?"
      right={<PanelCount>{`${Object.keys(mapping).length} of ${header.length} used`}</PanelCount>}
    >
      <div className="mt-2">
        <Table aria-label="Columns of the file">
          <thead>
            <tr>
              <TableHead>Column</TableHead>
              <TableHead className="max-phone:hidden">First values</TableHead>
              <TableHead className="w-[220px]">Field</TableHead>
            </tr>
          </thead>
          <tbody>
            {header.map((column, at) => (
              <TableRow key={column}>
                <TableCell className="max-w-[240px] truncate font-medium max-phone:max-w-[120px]">
                  {column || "without a name"}
                </TableCell>
                <TableCell className="max-w-[420px] truncate text-text-2 max-phone:hidden">
                  {samples[at]?.join(" · ") || <span className="text-muted-foreground">empty</span>}
                </TableCell>
                <TableCell>
                  <Select value={fieldOf(column)} onValueChange={(field) => choose(column, field)}>
                    <SelectTrigger
                      size="small"
                      className="w-[200px] max-phone:w-[160px]"
                      aria-label={`Field for ${column}`}
                    >
                      <SelectValue />
                    </SelectTrigger>
                    <SelectContent>
                      <SelectItem value={UNUSED}>not used</SelectItem>
                      {FIELD_NAMES.map((field) => (
                        <SelectItem key={field} value={field}>
                          {field}
                        </SelectItem>
                      ))}
                    </SelectContent>
                  </Select>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </Panel>
  );
}
