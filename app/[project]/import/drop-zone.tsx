"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";

type Props = { files: readonly File[]; isDisabled: boolean; onChoose: (files: readonly File[]) => void };

/** Takes files that are dropped on it, or chosen: it is a file field, as large as the zone. */
export function DropZone({ files, isDisabled, onChoose }: Props) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (!isDisabled && event.dataTransfer.files.length > 0) onChoose([...event.dataTransfer.files]);
  };
  const [first] = files;
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cn(
        "relative grid cursor-pointer justify-items-center gap-1 rounded-panel border border-input border-dashed px-4 py-6 text-center hover:bg-inset has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring has-[:focus-visible]:outline-offset-2 has-[:disabled]:cursor-default has-[:disabled]:opacity-45",
        isOver && "border-brand bg-brand-soft",
      )}
    >
      <FileUp className="size-[15px] text-muted-foreground" strokeWidth={1.75} aria-hidden />
      <span className="break-all font-medium">
        {first === undefined
          ? "Drop a file here, or choose one"
          : files.length === 1
            ? `${first.name}, ${describeSize(first.size)}`
            : `${files.length} files, ${describeSize(files.reduce((sum, { size }) => sum + size, 0))}`}
      </span>
      <span className="max-w-[62ch] text-muted-foreground text-note">
        JSON lines, JSON or CSV of calls, results of Message Batches, LiteLLM's SpendLogs, transcripts of Claude Code;
        also as .gz
      </span>
      <input
        id={id}
        type="file"
        multiple
        disabled={isDisabled}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) onChoose([...target.files]);
          // The same file can be chosen once more.
          target.value = "";
        }}
      />
    </label>
  );
}

function describeSize(bytes: number): string {
  if (bytes < 10_000) return `${formatCount(bytes)} bytes`;
  return bytes < 10_000_000
    ? `${formatCount(Math.round(bytes / 1000))} kB`
    : `${formatCount(Math.round(bytes / 1e6))} MB`;
}
