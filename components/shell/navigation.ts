import {
  ArrowUpDown,
  Boxes,
  Building2,
  Calculator,
  Cpu,
  DatabaseZap,
  Fingerprint,
  Gauge,
  GitCommitHorizontal,
  ListTree,
  type LucideIcon,
  MessagesSquare,
  Rows3,
  Settings,
  ShieldAlert,
} from "lucide-react";

export type NavigationItem = Readonly<{
  /** Path below the project; empty for the overview. */
  path: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
}>;

/** The pages of a project, grouped by the question they answer. Only pages that exist. */
export const NAVIGATION: readonly Readonly<{ title: string | null; items: readonly NavigationItem[] }>[] = [
  { title: null, items: [{ path: "", label: "Overview", icon: Gauge, key: "o" }] },
  {
    title: "Who spends",
    items: [
      { path: "/tenants", label: "Tenants", icon: Building2, key: "t" },
      { path: "/features", label: "Features", icon: Boxes, key: "f" },
      { path: "/models", label: "Models", icon: Cpu, key: "m" },
    ],
  },
  {
    title: "Why it changed",
    items: [
      { path: "/deploys", label: "Deploys", icon: GitCommitHorizontal, key: "d" },
      { path: "/prompts", label: "Prompts", icon: Fingerprint, key: "p" },
      { path: "/movers", label: "Movers", icon: ArrowUpDown, key: "v" },
      { path: "/cache", label: "Cache", icon: DatabaseZap, key: "h" },
      { path: "/reliability", label: "Reliability", icon: ShieldAlert, key: "r" },
    ],
  },
  { title: "What if", items: [{ path: "/calculator", label: "Calculator", icon: Calculator, key: "w" }] },
  {
    title: "Evidence",
    items: [
      { path: "/calls", label: "Calls", icon: Rows3, key: "c" },
      { path: "/tasks", label: "Tasks", icon: ListTree, key: "k" },
      { path: "/sessions", label: "Sessions", icon: MessagesSquare, key: "e" },
    ],
  },
];

export const SETTINGS_ITEM: NavigationItem = { path: "/settings", label: "Settings", icon: Settings, key: "," };
