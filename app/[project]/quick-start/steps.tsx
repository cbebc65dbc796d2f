"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useFreshKey } from "@/components/forms/fresh-key";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "./code-block";
import { MakeFirstKey } from "./make-first-key";
import { curlSample, SAMPLE_LANGUAGES, type SampleLanguage, TYPESCRIPT_SAMPLE } from "./samples";

type Props = { slug: string; siteUrl: string; mayMakeKeys: boolean };

/** From a key to the first call, in the language of the reader. */
export function Steps({ slug, siteUrl, mayMakeKeys }: Props) {
  const [language, setLanguage] = useState<SampleLanguage>("TypeScript");
  const fresh = useFreshKey();
  const secret = fresh?.secret ?? "st_live_…";
  return (
    <div className="min-w-0">
      <fieldset className="mb-[22px] flex gap-0.5 border-border border-b">
        <legend className="sr-only">Language</legend>
        {SAMPLE_LANGUAGES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === language}
            onClick={() => setLanguage(name)}
            className="-mb-px border-transparent border-b-2 px-3 py-2 text-text-2 aria-pressed:border-foreground aria-pressed:font-medium aria-pressed:text-foreground max-phone:py-3"
          >
            {name}
          </button>
        ))}
      </fieldset>
      <ol>
        <Step mark={fresh ? <Check className="size-[13px]" aria-hidden /> : 1} isDone={fresh !== null} title="A key">
          {fresh ? (
            <p>
              Made for {fresh.environment} and filled in below. It is shown only now; make another under{" "}
              <Link className="link underline underline-offset-3" href={`/${slug}/settings/api-keys`}>
                Settings, API keys
              </Link>
              , at any time.
            </p>
          ) : (
            <MakeFirstKey slug={slug} mayMakeKeys={mayMakeKeys} />
          )}
          {language === "TypeScript" && (
            <CodeBlock name=".env" text={`SPENDTRACE_URL=${siteUrl}\nSPENDTRACE_KEY=${secret}\n`}>
              SPENDTRACE_URL=<span className="text-better">{siteUrl}</span>
              {"\n"}SPENDTRACE_KEY=<Marked>{secret}</Marked>
            </CodeBlock>
          )}
        </Step>
        {language === "TypeScript" ? (
          <Step mark={2} title="Report the call you make">
            <p>
              Send the provider's usage object as it came. Prompts and answers stay in your process: there is no field
              for them.
            </p>
            <CodeBlock name="app.ts" text={TYPESCRIPT_SAMPLE} />
          </Step>
        ) : (
          <Step mark={2} title="Send a call">
            <p>A made-up call, ready to be pasted. Send the same again and nothing changes: it is counted once.</p>
            <CodeBlock name="Terminal" text={curlSample(siteUrl, secret)} />
          </Step>
        )}
        <Step mark={3} title="See it here" isLast>
          <p>Any call will do. When you get the answer, it is committed; this page shows it within two seconds.</p>
        </Step>
      </ol>
    </div>
  );
}

function Marked({ children }: { children: ReactNode }) {
  return <mark className="-mx-[3px] rounded-[3px] bg-brand-soft px-[3px] py-px text-brand">{children}</mark>;
}

type StepProps = { mark: ReactNode; title: string; isDone?: boolean; isLast?: boolean; children: ReactNode };

function Step({ mark, title, isDone = false, isLast = false, children }: StepProps) {
  return (
    <li className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-3.5 pb-[26px]">
      {!isLast && <span aria-hidden className="absolute top-8 bottom-1 left-[13px] w-px bg-border-strong" />}
      <span
        className={cn(
          "grid size-[27px] place-items-center rounded-full border font-medium text-note",
          isDone ? "border-transparent bg-better-soft text-better" : "border-border-strong bg-card",
        )}
      >
        {mark}
      </span>
      <div className="[&>p]:mb-2.5 [&>p]:max-w-[62ch] [&>p]:text-text-2">
        <h2 className="font-semibold text-[14px] leading-[27px] tracking-[-0.01em]">{title}</h2>
        {children}
      </div>
    </li>
  );
}
