"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useFreshKey } from "@/components/forms/fresh-key";
import { CodeBlock } from "./code-block";
import { doorSteps, keySample } from "./door-steps";
import { DoorTabs } from "./door-tabs";
import { type DoorKey, findDoor } from "./doors";
import { MakeFirstKey } from "./make-first-key";
import type { Sample, SampleValues } from "./samples";
import { Step } from "./step";

type Props = { slug: string; siteUrl: string; door: DoorKey; mayMakeKeys: boolean };

/** From a key to the first call, by the way in that the reader chose. Who may not make keys may not enter the pages linked either. */
export function Steps({ slug, siteUrl, door, mayMakeKeys }: Props) {
  const fresh = useFreshKey();
  const values = { siteUrl, secret: fresh?.secret ?? "st_live_…" };
  const steps = doorSteps(door, values);
  const forKey = keySample(door, values);
  return (
    <div className="min-w-0">
      <DoorTabs slug={slug} door={door} />
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
          {forKey && <FilledIn sample={forKey} values={values} />}
        </Step>
        {steps.map(({ title, text, samples, link }, i) => (
          <Step key={title} mark={i + 2} title={title}>
            <p>{text}</p>
            {samples.map((sample) => (
              <FilledIn key={sample.name} sample={sample} values={values} />
            ))}
            {link && mayMakeKeys && (
              <p>
                <Link className="link underline underline-offset-3" href={`/${slug}${link.path}`}>
                  {link.label}
                </Link>
              </p>
            )}
          </Step>
        ))}
        <Step mark={steps.length + 2} title="See it here" isLast>
          <p>
            Any call will do. Once the server has answered, it is committed; this page shows it within two seconds. More
            is in <code className="mono">{findDoor(door).docs}</code> of the repository.
          </p>
        </Step>
      </ol>
    </div>
  );
}

/** A sample with the parts marked that are the reader's own: the address and the key. */
function FilledIn({ sample: { name, text }, values: { siteUrl, secret } }: { sample: Sample; values: SampleValues }) {
  const parts = text.split(/(https?:\/\/[^\s/"]+|st_live_[0-9A-Za-z…]+)/);
  return (
    <CodeBlock name={name} text={text}>
      {parts.map((part, i) => {
        const key = `${i} ${part}`;
        if (part === siteUrl)
          return (
            <span key={key} className="text-better">
              {part}
            </span>
          );
        if (part === secret)
          return (
            <mark key={key} className="-mx-[3px] rounded-[3px] bg-brand-soft px-[3px] py-px text-brand">
              {part}
            </mark>
          );
        return part;
      })}
    </CodeBlock>
  );
}
