"use client";

import { useState } from "react";
import type { DoorMapping } from "@/lib/mapping/read";
import { MappingForm } from "./mapping-form";
import { toMapping, toText } from "./mapping-text";
import { Tester } from "./tester";

type Props = { slug: string; chosen: DoorMapping; mayChange: boolean };

/** The mapping of a door and its tester: what is tried is what the form says, saved or not. */
export function MappingEditor({ slug, chosen, mayChange }: Props) {
  const [text, setText] = useState(toText(chosen.mapping));
  return (
    <>
      <MappingForm slug={slug} chosen={chosen} mayChange={mayChange} text={text} onChange={setText} />
      <Tester slug={slug} door={chosen.door} mapping={toMapping(text)} />
    </>
  );
}
