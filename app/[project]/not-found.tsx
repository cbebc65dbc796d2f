import { Main } from "@/components/shell/app-shell";
import { Empty } from "@/components/shell/empty";

export const metadata = { title: "Not found" };

/** A page of the project that is not there. */
export default function ProjectNotFound() {
  return (
    <Main>
      <h1 className="sr-only">Not found</h1>
      <Empty title="Nothing at this address">The page does not exist, or needs a role that you do not have here.</Empty>
    </Main>
  );
}
