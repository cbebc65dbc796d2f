/** A customer of the sample product: how much it does (relative), and when its office day begins against that of London. */
export type Tenant = Readonly<{ id: string; weight: number; utcShift: number }>;

const LARGE: readonly (readonly [string, number, number])[] = [
  ["Northwind", 13, 0],
  ["Fabrikam", 12, 1],
  ["Contoso", 10, 5],
  ["Globex", 10, 0],
  ["Tailspin Toys", 8, 6],
  ["Litware", 6, 0],
  ["Umbra Health", 5, 5],
  ["Wingtip", 4.5, -1],
  ["Initech", 4, 6],
  ["Adatum", 5.5, 1],
];

const SMALL = [
  "Proseware",
  "Alpine Ski House",
  "Lucerne Publishing",
  "Margie's Travel",
  "Fourth Coffee",
  "Trey Research",
  "Blue Yonder Airlines",
  "City Power & Light",
  "Coho Winery",
  "Woodgrove Bank",
  "Relecloud",
  "Humongous Insurance",
  "Graphic Design Institute",
  "School of Fine Art",
  "Southridge Video",
  "Wide World Importers",
  "Bellows College",
  "Best For You Organics",
  "Consolidated Messenger",
  "First Up Consultants",
  "Lamna Healthcare",
  "Liberty's Delightful Bakery",
  "Munson's Pickles",
  "Nod Publishers",
  "Northern Traders",
  "Olympia Dental",
  "Parnell Aerospace",
  "Tiny Robots",
  "VanArsdel",
  "Zürich Messtechnik",
] as const;

/** Ten that carry most of the spend, and a long tail. */
export const TENANTS: readonly Tenant[] = [
  ...LARGE.map(([id, weight, utcShift]) => ({ id, weight, utcShift })),
  ...SMALL.map((id, index) => ({ id, weight: 2.2 / (1 + index * 0.18), utcShift: [0, 1, 5, 6, -7][index % 5] ?? 0 })),
];
